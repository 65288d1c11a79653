# The window: GLFW, OpenGL, fonts.
