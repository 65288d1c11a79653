// Preloaded, it keeps every library in place until the process ends. The OpenGL driver is unloaded
// with its display; what it holds for ever would then look like a leak of nobody's.
int dlclose(void* library) {
  (void)library;
  return 0;
}
