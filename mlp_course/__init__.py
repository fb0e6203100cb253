"""mlp_course: forward propagation, backpropagation and their pictures, in the course's own notation.

Importing it loads NumPy and nothing heavier; figures and explorers are imported by name
(``mlp_course.plots``, ``mlp_course.explorers``).
"""

from . import datasets, initializers
from .activations import (
    Activation,
    arctan,
    binary_step,
    elu,
    identity,
    leaky_relu,
    prelu,
    prelu_alpha_derivative,
    relu,
    rrelu,
    sigmoid,
    softmax,
    softplus,
    tanh,
)
from .gradient_check import GradientReport, check_gradient, numerical_gradient, numerical_jacobian, relative_error
from .losses import (
    Loss,
    binary_cross_entropy,
    cross_entropy,
    half_squared_error,
    mean_squared_error,
    sigmoid_squared_error,
)
from .network import MLP
from .optimizers import Adam, Decay, GradientDescent, Momentum, Nesterov
from .parameters import Parameters
from .training import Epoch, Recording, TrainingDiverged, train, training

__all__ = [
    "MLP", "Parameters", "Activation", "Loss",
    "identity", "binary_step", "sigmoid", "tanh", "arctan", "relu", "leaky_relu", "prelu", "rrelu", "elu", "softplus", "softmax",
    "prelu_alpha_derivative",
    "binary_cross_entropy", "cross_entropy", "half_squared_error", "mean_squared_error", "sigmoid_squared_error",
    "check_gradient", "numerical_gradient", "numerical_jacobian", "relative_error", "GradientReport",
    "GradientDescent", "Momentum", "Nesterov", "Adam", "Decay",
    "training", "train", "Epoch", "Recording", "TrainingDiverged",
    "initializers", "datasets",
]
