"""`winset` as a process whose sweeps store their rows at once: nobody has to wait five seconds for the first part."""

import signal

import lab.store
from views.cli import main

if __name__ == "__main__":
    lab.store.LONGEST_WAIT = 0.05
    signal.signal(signal.SIGINT, signal.default_int_handler)  # whoever runs the tests may ignore it
    main()
