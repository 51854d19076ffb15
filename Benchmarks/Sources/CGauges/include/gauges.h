// What a measuring program asks the operating system.
#ifndef GAUGES_H
#define GAUGES_H

#include <stdbool.h>
#include <stdint.h>

// Seconds of a clock that does not jump, and of this process's CPU time.
double gauge_wall_seconds(void);
double gauge_cpu_seconds(void);

// The most memory that was resident, in KiB, since the last reset; resetting is refused in some containers.
void gauge_reset_peak(void);
long gauge_peak_kilobytes(void);

// Calls of malloc and its kin, and the bytes asked for, since the program began. False unless the counter
// (Rivals/allocation_counter.c) was preloaded.
bool gauge_allocations(uint64_t *calls, uint64_t *bytes);

// Whether an extended regular expression matches anywhere in a text.
bool gauge_matches(const char *pattern, const char *text);

// The value of an environment variable, NULL where it is not set.
const char *gauge_environment(const char *name);

// Has every line leave the program as soon as it is printed.
void gauge_print_lines_at_once(void);

#endif
