"""The vote at home: win-sets, marginal groups, and compensation."""
