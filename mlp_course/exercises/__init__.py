"""Exercises that name the mistake. One module a lesson: ``from mlp_course.exercises import lesson_01 as check``."""
