import CGauges

// Times this package's solvers, with one line of JSON per fit. With `--workload`, does a piece of work for an
// instruction counter instead.

gauge_print_lines_at_once()
let choices = Choices(CommandLine.arguments)
if choices.workload.isEmpty {
  try Programme(choices).run()
} else {
  try Workload(choices).run()
}
