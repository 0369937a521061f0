/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "usb/bus.h"

#include "base/bytes.h"
#include "base/error.h"
#include "usb/libusb-private.h"

#include <libusb.h>

/* USB 3.2, 8.9: a route has at most 5 hubs; libusb's documentation says 7 ports at most. */
#define MAX_PORTS 7

struct _JmpUsbBus {
  gatomicrefcount refs;
  libusb_context *context;
  GThread *thread;
  int stop; /* atomic; libusb's "completed" */

  gboolean can_watch;
  libusb_hotplug_callback_handle hotplug;
  GMutex watch_lock; /* guards the next two */
  JmpUsbChangedFunc changed;
  gpointer changed_data;
};

struct _JmpUsbEntry {
  gatomicrefcount refs;
  JmpUsbBus *bus; /* a device must not outlive its context */
  libusb_device *device;
  char *path;
  guint address;
  GBytes *descriptors;
};

static gpointer
event_thread (gpointer user_data)
{
  JmpUsbBus *self = user_data;
  struct timeval limit = { .tv_sec = 60 };

  while (!g_atomic_int_get (&self->stop))
    /* an error that stays would make this loop spin */
    if (libusb_handle_events_timeout_completed (self->context, &limit, &self->stop) < 0)
      g_usleep (10 * 1000);
  return NULL;
}

static int LIBUSB_CALL
hotplug_cb (libusb_context *context,
            libusb_device *device,
            libusb_hotplug_event event,
            void *user_data)
{
  JmpUsbBus *self = user_data;

  g_mutex_lock (&self->watch_lock);
  if (self->changed != NULL)
    self->changed (self->changed_data);
  g_mutex_unlock (&self->watch_lock);
  return 0;
}

static gboolean
start_hotplug (JmpUsbBus *self)
{
  return libusb_has_capability (LIBUSB_CAP_HAS_HOTPLUG)
         && libusb_hotplug_register_callback (self->context,
                                              LIBUSB_HOTPLUG_EVENT_DEVICE_ARRIVED
                                                  | LIBUSB_HOTPLUG_EVENT_DEVICE_LEFT,
                                              LIBUSB_HOTPLUG_NO_FLAGS,
                                              LIBUSB_HOTPLUG_MATCH_ANY,
                                              LIBUSB_HOTPLUG_MATCH_ANY,
                                              LIBUSB_HOTPLUG_MATCH_ANY,
                                              hotplug_cb,
                                              self,
                                              &self->hotplug)
                >= 0;
}

/**
 * jmp_usb_bus_new:
 * @error: (out) (optional): %JMP_ERROR_FAILED and what else libusb says
 *
 * Starts libusb, and the thread that handles its events.
 *
 * Returns: (transfer full): a bus
 */
JmpUsbBus *
jmp_usb_bus_new (GError **error)
{
  g_autofree JmpUsbBus *self = g_new0 (JmpUsbBus, 1);
  int code = libusb_init (&self->context);

  if (code < 0) {
    jmp_usb_libusb_set_error (error, code, "starting libusb");
    return NULL;
  }
  g_atomic_ref_count_init (&self->refs);
  g_mutex_init (&self->watch_lock);
  self->can_watch = start_hotplug (self);
  self->thread = g_thread_new ("usb-events", event_thread, self);
  return g_steal_pointer (&self);
}

/**
 * jmp_usb_bus_ref:
 * @self: a bus
 *
 * Returns: (transfer full): @self
 */
JmpUsbBus *
jmp_usb_bus_ref (JmpUsbBus *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * jmp_usb_bus_unref:
 * @self: (transfer full): a bus; entries and open devices each hold a reference of their own
 *
 * The last one ends the event thread and waits for it, so it must not come from the change callback.
 */
void
jmp_usb_bus_unref (JmpUsbBus *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_atomic_int_set (&self->stop, 1);
  if (self->can_watch)
    libusb_hotplug_deregister_callback (self->context, self->hotplug);
  libusb_interrupt_event_handler (self->context);
  g_thread_join (self->thread);
  libusb_exit (self->context);
  g_mutex_clear (&self->watch_lock);
  g_free (self);
}

/**
 * jmp_usb_bus_can_watch:
 * @self: a bus
 *
 * Whether libusb can say on this system that something came or went. Where it cannot (Windows), look
 * at jmp_usb_bus_list() from time to time.
 *
 * Returns: %TRUE where jmp_usb_bus_watch() works
 */
gboolean
jmp_usb_bus_can_watch (JmpUsbBus *self)
{
  return self->can_watch;
}

/**
 * jmp_usb_bus_watch:
 * @self: a bus
 * @changed: (scope forever): called on the event thread for each device that came or went; must
 *   return at once and call no function of the bus
 * @user_data: for @changed
 *
 * Asks to be told of changes, in place of whoever asked before.
 */
void
jmp_usb_bus_watch (JmpUsbBus *self, JmpUsbChangedFunc changed, gpointer user_data)
{
  g_mutex_lock (&self->watch_lock);
  self->changed = changed;
  self->changed_data = user_data;
  g_mutex_unlock (&self->watch_lock);
}

/**
 * jmp_usb_bus_unwatch:
 * @self: a bus
 *
 * Ends jmp_usb_bus_watch(): when this returns, the callback does not run and will not.
 */
void
jmp_usb_bus_unwatch (JmpUsbBus *self)
{
  jmp_usb_bus_watch (self, NULL, NULL);
}

/* "1-4.2" for port 2 of the hub on port 4 of bus 1, as Linux writes it; "1-0@7" for device 7 of a
 * bus that tells no ports. */
static char *
make_path (libusb_device *device)
{
  guint8 ports[MAX_PORTS];
  int n = libusb_get_port_numbers (device, ports, MAX_PORTS);
  GString *path = g_string_new (NULL);

  g_string_printf (path, "%u-", libusb_get_bus_number (device));
  if (n <= 0)
    g_string_append_printf (path, "0@%u", libusb_get_device_address (device));
  for (int i = 0; i < n; i++)
    g_string_append_printf (path, "%s%u", i == 0 ? "" : ".", ports[i]);
  return g_string_free (path, FALSE);
}

static void
append_u8 (GByteArray *out, guint8 value)
{
  g_byte_array_append (out, &value, 1);
}

static void
append_u16 (GByteArray *out, guint16 value)
{
  guint8 bytes[2];

  jmp_put_u16 (bytes, value);
  g_byte_array_append (out, bytes, sizeof bytes);
}

static void
append_extra (GByteArray *out, const guint8 *extra, int length)
{
  if (extra != NULL && length > 0)
    g_byte_array_append (out, extra, (guint)length);
}

static void
append_device (GByteArray *out, const struct libusb_device_descriptor *d)
{
  append_u8 (out, LIBUSB_DT_DEVICE_SIZE);
  append_u8 (out, d->bDescriptorType);
  append_u16 (out, d->bcdUSB);
  append_u8 (out, d->bDeviceClass);
  append_u8 (out, d->bDeviceSubClass);
  append_u8 (out, d->bDeviceProtocol);
  append_u8 (out, d->bMaxPacketSize0);
  append_u16 (out, d->idVendor);
  append_u16 (out, d->idProduct);
  append_u16 (out, d->bcdDevice);
  append_u8 (out, d->iManufacturer);
  append_u8 (out, d->iProduct);
  append_u8 (out, d->iSerialNumber);
  append_u8 (out, d->bNumConfigurations);
}

static void
append_endpoint (GByteArray *out, const struct libusb_endpoint_descriptor *d)
{
  gboolean is_audio = d->bLength >= LIBUSB_DT_ENDPOINT_AUDIO_SIZE;

  append_u8 (out, is_audio ? LIBUSB_DT_ENDPOINT_AUDIO_SIZE : LIBUSB_DT_ENDPOINT_SIZE);
  append_u8 (out, d->bDescriptorType);
  append_u8 (out, d->bEndpointAddress);
  append_u8 (out, d->bmAttributes);
  append_u16 (out, d->wMaxPacketSize);
  append_u8 (out, d->bInterval);
  if (is_audio) {
    append_u8 (out, d->bRefresh);
    append_u8 (out, d->bSynchAddress);
  }
  append_extra (out, d->extra, d->extra_length);
}

static void
append_alt (GByteArray *out, const struct libusb_interface_descriptor *d)
{
  append_u8 (out, LIBUSB_DT_INTERFACE_SIZE);
  append_u8 (out, d->bDescriptorType);
  append_u8 (out, d->bInterfaceNumber);
  append_u8 (out, d->bAlternateSetting);
  append_u8 (out, d->bNumEndpoints);
  append_u8 (out, d->bInterfaceClass);
  append_u8 (out, d->bInterfaceSubClass);
  append_u8 (out, d->bInterfaceProtocol);
  append_u8 (out, d->iInterface);
  append_extra (out, d->extra, d->extra_length);
  for (guint i = 0; i < d->bNumEndpoints && d->endpoint != NULL; i++)
    append_endpoint (out, &d->endpoint[i]);
}

static void
append_configuration (GByteArray *out, const struct libusb_config_descriptor *d)
{
  append_u8 (out, LIBUSB_DT_CONFIG_SIZE);
  append_u8 (out, d->bDescriptorType);
  append_u16 (out, d->wTotalLength);
  append_u8 (out, d->bNumInterfaces);
  append_u8 (out, d->bConfigurationValue);
  append_u8 (out, d->iConfiguration);
  append_u8 (out, d->bmAttributes);
  append_u8 (out, d->MaxPower);
  append_extra (out, d->extra, d->extra_length);
  for (guint i = 0; i < d->bNumInterfaces; i++)
    for (int j = 0; j < d->interface[i].num_altsetting; j++)
      append_alt (out, &d->interface[i].altsetting[j]);
}

/* libusb hands descriptors out taken apart, and the system's cache of the bytes is not to be had;
 * asking the device would need it open. So they are put together again, each of the size that it is
 * defined with. A device without a configuration that libusb can read has its 18 bytes alone. */
static GBytes *
make_descriptors (libusb_device *device, const struct libusb_device_descriptor *descriptor)
{
  GByteArray *out = g_byte_array_new ();
  struct libusb_config_descriptor *configuration = NULL;
  int code = libusb_get_active_config_descriptor (device, &configuration);

  append_device (out, descriptor);
  if (code == LIBUSB_ERROR_NOT_FOUND)
    code = libusb_get_config_descriptor (device, 0, &configuration);
  if (code >= 0) {
    append_configuration (out, configuration);
    libusb_free_config_descriptor (configuration);
  }
  return g_byte_array_free_to_bytes (out);
}

static JmpUsbEntry *
entry_new (JmpUsbBus *bus, libusb_device *device)
{
  struct libusb_device_descriptor descriptor;
  JmpUsbEntry *self;

  if (libusb_get_device_descriptor (device, &descriptor) < 0)
    return NULL;
  self = g_new0 (JmpUsbEntry, 1);
  g_atomic_ref_count_init (&self->refs);
  self->bus = jmp_usb_bus_ref (bus);
  self->device = libusb_ref_device (device);
  self->path = make_path (device);
  self->address = libusb_get_device_address (device);
  self->descriptors = make_descriptors (device, &descriptor);
  return self;
}

/**
 * jmp_usb_bus_list:
 * @self: a bus
 * @error: (out) (optional): errors of usb.h
 *
 * What is plugged in now. Nothing is opened, and no device is asked anything.
 *
 * Returns: (transfer full) (element-type JmpUsbEntry): the devices, in no particular order
 */
GPtrArray *
jmp_usb_bus_list (JmpUsbBus *self, GError **error)
{
  libusb_device **devices = NULL;
  gssize n = libusb_get_device_list (self->context, &devices);
  GPtrArray *entries;

  if (n < 0) {
    jmp_usb_libusb_set_error (error, (int)n, "listing USB devices");
    return NULL;
  }
  entries = g_ptr_array_new_with_free_func ((GDestroyNotify)jmp_usb_entry_unref);
  for (gssize i = 0; i < n; i++) {
    JmpUsbEntry *entry = entry_new (self, devices[i]);

    if (entry != NULL)
      g_ptr_array_add (entries, entry);
  }
  libusb_free_device_list (devices, 1);
  return entries;
}

/**
 * jmp_usb_bus_open:
 * @self: a bus
 * @entry: one of its devices
 * @error: (out) (optional): %JMP_ERROR_PERMISSION, %JMP_ERROR_NO_DRIVER, %JMP_ERROR_DISCONNECTED and
 *   the other errors of usb.h
 *
 * Opens a device. Kernel drivers are detached when an interface is claimed, and come back after.
 *
 * Returns: (transfer full): the device
 */
JmpUsb *
jmp_usb_bus_open (JmpUsbBus *self, JmpUsbEntry *entry, GError **error)
{
  libusb_device_handle *handle = NULL;
  int code = libusb_open (entry->device, &handle);
  g_autofree char *what = NULL;

  if (code >= 0)
    return jmp_usb_libusb_new (handle, self, entry->descriptors);
  what = g_strdup_printf ("opening the device at %s", entry->path);
  /* on Windows: no driver to find the device through */
  if (code == LIBUSB_ERROR_NOT_FOUND)
    code = LIBUSB_ERROR_NOT_SUPPORTED;
  jmp_usb_libusb_set_error (error, code, what);
  return NULL;
}

/**
 * jmp_usb_entry_ref:
 * @self: an entry
 *
 * Returns: (transfer full): @self
 */
JmpUsbEntry *
jmp_usb_entry_ref (JmpUsbEntry *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

/**
 * jmp_usb_entry_unref:
 * @self: (transfer full): an entry
 */
void
jmp_usb_entry_unref (JmpUsbEntry *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  libusb_unref_device (self->device);
  g_bytes_unref (self->descriptors);
  g_free (self->path);
  jmp_usb_bus_unref (self->bus);
  g_free (self);
}

/**
 * jmp_usb_entry_get_path:
 * @self: an entry
 *
 * Where it is plugged in: "1-4.2" is port 2 of the hub on port 4 of bus 1. The same for as long as it
 * stays in that port, whatever it turns into.
 *
 * Returns: (transfer none): the path
 */
const char *
jmp_usb_entry_get_path (JmpUsbEntry *self)
{
  return self->path;
}

/**
 * jmp_usb_entry_get_address:
 * @self: an entry
 *
 * Its address on the bus, 1 to 127; another one each time it is plugged in.
 *
 * Returns: the address
 */
guint
jmp_usb_entry_get_address (JmpUsbEntry *self)
{
  return self->address;
}

/**
 * jmp_usb_entry_get_descriptors:
 * @self: an entry
 *
 * What jmp_usb_descriptors() says, without opening the device.
 *
 * Returns: (transfer none): the bytes
 */
GBytes *
jmp_usb_entry_get_descriptors (JmpUsbEntry *self)
{
  return self->descriptors;
}
