"""`winset` as a process whose sweeps store their rows at once: nobody has to wait five seconds for the first part."""

import fcntl
import os
import signal
import termios

import lab.store.folder
from views.cli.app import main

if __name__ == "__main__":
    lab.store.folder.LONGEST_WAIT = 0.05
    signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may ignore it
    if os.isatty(0):  # a terminal of its own, which can hang up
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    main()
