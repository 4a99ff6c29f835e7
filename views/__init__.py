"""How people see it: the command line, the browser front end, and the sentences and pictures of both."""
