// close_window ID: waits until a window shows something, for half a minute, then asks it to close,
// as the button of a window manager does (ICCCM 4.2.8.1). Fails where nothing came.
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

// A window nothing was drawn into has one colour; a background alone has not many more.
static int shows_something(Display* display, Window window) {
  XWindowAttributes at;
  unsigned long colours[16];
  int count = 0;
  if (!XGetWindowAttributes(display, window, &at)) return 0;
  XImage* image =
      XGetImage(display, window, 0, 0, (unsigned)at.width, (unsigned)at.height, AllPlanes, ZPixmap);
  if (image == NULL) return 0;
  for (int y = 0; y < at.height && count < 16; ++y) {
    for (int x = 0; x < at.width && count < 16; ++x) {
      const unsigned long colour = XGetPixel(image, x, y);
      int known = 0;
      while (known < count && colours[known] != colour) ++known;
      if (known == count) colours[count++] = colour;
    }
  }
  XDestroyImage(image);
  return count == 16;
}

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  Display* display = XOpenDisplay(NULL);
  if (display == NULL) return 1;
  const Window window = strtoul(argv[1], NULL, 0);
  const struct timespec pause = {0, 250000000};
  int tries = 120;
  while (!shows_something(display, window)) {
    if (--tries == 0) {
      fprintf(stderr, "nothing is drawn\n");
      return 1;
    }
    nanosleep(&pause, NULL);
  }
  XEvent event = {0};
  event.xclient.type = ClientMessage;
  event.xclient.window = window;
  event.xclient.message_type = XInternAtom(display, "WM_PROTOCOLS", False);
  event.xclient.format = 32;
  event.xclient.data.l[0] = (long)XInternAtom(display, "WM_DELETE_WINDOW", False);
  XSendEvent(display, window, False, NoEventMask, &event);
  XCloseDisplay(display);
  return 0;
}
