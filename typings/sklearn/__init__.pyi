"""What the tests call of scikit-learn: a judge of our own boxes."""
