from SALib.analyze import morris as morris
from SALib.analyze import sobol as sobol
