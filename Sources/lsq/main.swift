import LSQCommand
