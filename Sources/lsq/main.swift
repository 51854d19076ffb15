import LSQCommand

LSQ.main()
