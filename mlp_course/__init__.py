"""mlp_course: forward propagation, backpropagation and their pictures, in the course's own notation."""
