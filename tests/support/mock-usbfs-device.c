/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "mock-usbfs-device-private.h"

#include "base/bytes.h"

#include <errno.h>
#include <linux/usbdevice_fs.h>
#include <string.h>
#include <sys/ioctl.h>

#define SETUP_SIZE  8
#define CONTROL_MAX 4096 /* usbfs' own limit for control transfers: a page */

/* A process that has just ended may still have its interface: umockdev learns of it a little later,
 * where the kernel would have known. */
#define CLAIM_US 200000

#define ANSWERED_LATER (-1)

G_DEFINE_FINAL_TYPE (MockUsbfsDevice, mock_usbfs_device, UMOCKDEV_TYPE_IOCTL_BASE)

static void
urb_free (Urb *urb)
{
  umockdev_ioctl_data_unref (urb->urb);
  g_free (urb);
}

static void
waiter_free (Waiter *waiter)
{
  g_object_unref (waiter->client);
  g_free (waiter);
}

static struct usbdevfs_urb *
urb_fields (Urb *urb)
{
  return (struct usbdevfs_urb *)(gpointer)urb->urb->data;
}

gboolean
mock_usbfs_device_is_done (MockUsbfsDevice *self, Urb *urb)
{
  return !urb->hangs
         && (self->gone
             || (jmp_virtual_board_now (self->board) >= urb->done_at
                 && g_get_monotonic_time () >= urb->not_before));
}

/* The first transfer of @client that is done, or NULL. Lock held. */
static Urb *
find_done (MockUsbfsDevice *self, UMockdevIoctlClient *client)
{
  for (guint i = 0; i < self->urbs->len; i++) {
    Urb *urb = g_ptr_array_index (self->urbs, i);

    if (urb->client == client && mock_usbfs_device_is_done (self, urb))
      return urb;
  }
  return NULL;
}

static gboolean
claim (MockUsbfsDevice *self, UMockdevIoctlClient *client)
{
  if (self->claimed_by == NULL && !self->gone)
    self->claimed_by = client;
  return self->claimed_by == client;
}

/* Answers a claim if its time has come. Lock held. */
static gboolean
answer_waiter (MockUsbfsDevice *self, Waiter *waiter)
{
  if (claim (self, waiter->client))
    umockdev_ioctl_client_complete (waiter->client, 0, 0);
  else if (self->gone)
    umockdev_ioctl_client_complete (waiter->client, -1, ENODEV);
  else if (g_get_monotonic_time () >= waiter->until)
    umockdev_ioctl_client_complete (waiter->client, -1, EBUSY);
  else
    return FALSE;
  return TRUE;
}

void
mock_usbfs_device_answer (MockUsbfsDevice *self)
{
  /* freed at the end, with all in order: it may call client_gone_cb(), and that this */
  g_autoptr (GPtrArray) answered = g_ptr_array_new_with_free_func ((GDestroyNotify)waiter_free);
  gint64 now = g_get_monotonic_time ();
  gint64 next = G_MAXINT64;
  gboolean ready = FALSE;

  for (guint i = 0; i < self->waiters->len;) {
    Waiter *waiter = g_ptr_array_index (self->waiters, i);

    if (answer_waiter (self, waiter)) {
      g_ptr_array_add (answered, g_ptr_array_steal_index (self->waiters, i));
      continue;
    }
    next = MIN (next, waiter->until);
    i++;
  }
  for (guint i = 0; i < self->urbs->len; i++) {
    Urb *urb = g_ptr_array_index (self->urbs, i);

    if (mock_usbfs_device_is_done (self, urb))
      ready = TRUE;
    else if (!urb->hangs)
      next = MIN (
          next,
          MAX (urb->not_before, now + MAX (1, urb->done_at - jmp_virtual_board_now (self->board))));
  }
  mock_usbfs_node_set_ready (&self->node, ready);
  mock_usbfs_node_set_timer (&self->node, next == G_MAXINT64 ? 0 : next);
}

static gboolean
timer_cb (int fd, GIOCondition condition, gpointer user_data)
{
  MockUsbfsDevice *self = user_data;

  g_rec_mutex_lock (&self->lock);
  if (mock_usbfs_node_take_timer (&self->node))
    mock_usbfs_device_answer (self);
  g_rec_mutex_unlock (&self->lock);
  return G_SOURCE_CONTINUE;
}

/* After a stall the host waits, in real time; a board that stalls while it works is done when enough of
 * that has passed. On a fake clock none would: so it follows. */
static gint64
follow_host (MockUsbfsDevice *self, gint64 heard_at)
{
  gint64 waited = self->stalled_at != 0 ? g_get_monotonic_time () - self->stalled_at : 0;

  if (waited <= 0 || !jmp_virtual_board_is_fake_time (self->board))
    return heard_at;
  jmp_virtual_board_sleep_until (self->board, heard_at + waited);
  return heard_at + waited;
}

/* Lets the board have a transfer that was heard of at @heard_at. It may call its watcher, so the lock
 * must not be held. */
static JmpVirtualTransfer
exchange (MockUsbfsDevice *self, gint64 heard_at, const guint8 setup[SETUP_SIZE], guint8 *data)
{
  JmpVirtualTransfer transfer;
  gint64 begin;

  g_rec_mutex_lock (&self->lock);
  begin = mock_usbfs_lag_begin (&self->lag, follow_host (self, heard_at));
  g_rec_mutex_unlock (&self->lock);
  transfer = jmp_virtual_board_control_at (self->board, begin, setup, data);
  if (transfer.reply == JMP_VIRTUAL_OK || transfer.reply == JMP_VIRTUAL_STALL)
    if (jmp_virtual_board_is_fake_time (self->board))
      jmp_virtual_board_sleep_until (self->board, transfer.done_at);
  g_rec_mutex_lock (&self->lock);
  mock_usbfs_lag_end (&self->lag, transfer.done_at);
  self->stalled_at = transfer.reply == JMP_VIRTUAL_STALL ? g_get_monotonic_time () : 0;
  g_rec_mutex_unlock (&self->lock);
  return transfer;
}

static int
reply_to_status (JmpVirtualReply reply)
{
  switch (reply) {
  case JMP_VIRTUAL_OK:
    return 0;
  case JMP_VIRTUAL_STALL:
    return -EPIPE;
  case JMP_VIRTUAL_NO_ANSWER:
    return -ENOENT;
  case JMP_VIRTUAL_GONE:
    return -EPROTO;
  }
  return -EPROTO;
}

/* Fills in how a transfer ends. Returns whether the board is to be asked. */
static gboolean
end_without_board (MockUsbfsDevice *self, Urb *urb)
{
  gboolean ended = TRUE;

  g_rec_mutex_lock (&self->lock);
  if (self->broken)
    urb->status = -EPROTO;
  else if (self->hangs)
    urb->hangs = TRUE;
  else if (self->fail_next != 0) {
    urb->status = -self->fail_next;
    self->fail_next = 0;
  } else
    ended = FALSE;
  g_rec_mutex_unlock (&self->lock);
  return ended;
}

/* When a transfer that begins now may end, in real time. */
static gint64
find_drag (MockUsbfsDevice *self)
{
  const JmpVirtualCounters now = jmp_virtual_board_get_counters (self->board);
  gint64 until = 0;

  g_rec_mutex_lock (&self->lock);
  if (self->drag_us != 0 && now.bytes_read >= self->drag_from.bytes_read
      && now.bytes_programmed >= self->drag_from.bytes_programmed
      && now.sectors_erased >= self->drag_from.sectors_erased)
    until = g_get_monotonic_time () + self->drag_us;
  g_rec_mutex_unlock (&self->lock);
  return until;
}

/* Returns: an errno, or 0 */
static int
submit (MockUsbfsDevice *self, UMockdevIoctlClient *client)
{
  gint64 heard_at = jmp_virtual_board_now (self->board);
  g_autoptr (UMockdevIoctlData) data = umockdev_ioctl_data_resolve (
      umockdev_ioctl_client_get_arg (client), 0, sizeof (struct usbdevfs_urb), NULL);
  g_autoptr (UMockdevIoctlData) buffer = NULL;
  struct usbdevfs_urb *fields;
  Urb *urb;

  if (data == NULL)
    return EFAULT;
  fields = (struct usbdevfs_urb *)(gpointer)data->data;
  if (fields->type != USBDEVFS_URB_TYPE_CONTROL || fields->buffer_length < SETUP_SIZE)
    return EINVAL;
  buffer = umockdev_ioctl_data_resolve (
      data, G_STRUCT_OFFSET (struct usbdevfs_urb, buffer), (gsize)fields->buffer_length, NULL);
  if (buffer == NULL)
    return EFAULT;
  if (jmp_get_u16 (buffer->data + 6) > MIN (fields->buffer_length - SETUP_SIZE, CONTROL_MAX))
    return EINVAL;

  urb = g_new0 (Urb, 1);
  urb->client = client;
  urb->urb = g_steal_pointer (&data);
  if (!end_without_board (self, urb)) {
    JmpVirtualTransfer transfer = exchange (
        self, heard_at, buffer->data, buffer->data + SETUP_SIZE);

    urb->status = reply_to_status (transfer.reply);
    urb->moved = (int)transfer.length;
    urb->done_at = transfer.done_at;
    urb->hangs = transfer.reply == JMP_VIRTUAL_NO_ANSWER;
    urb->not_before = find_drag (self);
  }
  g_rec_mutex_lock (&self->lock);
  g_ptr_array_add (self->urbs, urb);
  mock_usbfs_device_answer (self);
  g_rec_mutex_unlock (&self->lock);
  return 0;
}

/* Hands a finished transfer to the host. Lock held.
 *
 * Returns: an errno, or 0 */
static int
hand_out (MockUsbfsDevice *self, UMockdevIoctlClient *client, Urb *urb)
{
  gint64 asked_at = jmp_virtual_board_now (self->board);
  g_autoptr (UMockdevIoctlData) result = umockdev_ioctl_data_resolve (
      umockdev_ioctl_client_get_arg (client), 0, sizeof (gpointer), NULL);

  if (result == NULL)
    return EFAULT;
  urb_fields (urb)->status = urb->status;
  urb_fields (urb)->actual_length = urb->moved;
  umockdev_ioctl_data_set_ptr (result, 0, urb->urb);
  mock_usbfs_lag_hand_out (&self->lag, urb->done_at, asked_at, jmp_virtual_board_now (self->board));
  g_ptr_array_remove (self->urbs, urb);
  return 0;
}

/* Returns: an errno, or 0 */
static int
reap (MockUsbfsDevice *self, UMockdevIoctlClient *client)
{
  Urb *urb;
  int error;

  g_rec_mutex_lock (&self->lock);
  urb = find_done (self, client);
  if (urb != NULL)
    error = hand_out (self, client, urb);
  else {
    mock_usbfs_lag_nothing_left (&self->lag, jmp_virtual_board_now (self->board));
    error = self->gone ? ENODEV : EAGAIN;
  }
  mock_usbfs_device_answer (self);
  g_rec_mutex_unlock (&self->lock);
  return error;
}

/* Takes back a transfer; the host still reaps it (DISCARDURB has its address for an argument). */
static int
discard (MockUsbfsDevice *self, UMockdevIoctlClient *client)
{
  gulong address;
  int result = EINVAL;

  memcpy (&address, umockdev_ioctl_client_get_arg (client)->data, sizeof address);
  g_rec_mutex_lock (&self->lock);
  for (guint i = 0; i < self->urbs->len; i++) {
    Urb *urb = g_ptr_array_index (self->urbs, i);

    if (urb->client == client && urb->urb->client_addr == address
        && !mock_usbfs_device_is_done (self, urb)) {
      urb->hangs = FALSE;
      urb->done_at = 0;
      urb->not_before = 0;
      urb->status = -ENOENT;
      urb->moved = 0;
      result = 0;
    }
  }
  mock_usbfs_device_answer (self);
  g_rec_mutex_unlock (&self->lock);
  return result;
}

/* The numbers at the beginning of the struct that an ioctl points to. */
static gboolean
read_numbers (UMockdevIoctlClient *client, guint *numbers, gsize n)
{
  g_autoptr (UMockdevIoctlData) data = umockdev_ioctl_data_resolve (
      umockdev_ioctl_client_get_arg (client), 0, n * sizeof (guint), NULL);

  if (data != NULL)
    memcpy (numbers, data->data, n * sizeof (guint));
  return data != NULL;
}

static int
start_claiming (MockUsbfsDevice *self, UMockdevIoctlClient *client)
{
  guint interface;
  Waiter *waiter;

  if (!read_numbers (client, &interface, 1))
    return EFAULT;
  if (interface != 0)
    return ENOENT;
  waiter = g_new0 (Waiter, 1);
  waiter->client = g_object_ref (client);
  waiter->until = g_get_monotonic_time () + CLAIM_US;
  g_rec_mutex_lock (&self->lock);
  g_ptr_array_add (self->waiters, waiter);
  mock_usbfs_device_answer (self);
  g_rec_mutex_unlock (&self->lock);
  return ANSWERED_LATER;
}

static int
release (MockUsbfsDevice *self, UMockdevIoctlClient *client)
{
  int result = 0;

  g_rec_mutex_lock (&self->lock);
  if (self->claimed_by == client)
    self->claimed_by = NULL;
  else
    result = EINVAL;
  g_rec_mutex_unlock (&self->lock);
  return result;
}

static int
standard_request (MockUsbfsDevice *self, guint8 type, guint8 request, guint value, guint index)
{
  guint8 setup[SETUP_SIZE] = { type, request };
  JmpVirtualTransfer transfer;

  jmp_put_u16 (setup + 2, (guint16)value);
  jmp_put_u16 (setup + 4, (guint16)index);
  transfer = exchange (self, jmp_virtual_board_now (self->board), setup, NULL);
  jmp_virtual_board_sleep_until (self->board, transfer.done_at);
  return -reply_to_status (transfer.reply);
}

static int
get_capabilities (UMockdevIoctlClient *client)
{
  g_autoptr (UMockdevIoctlData) data = umockdev_ioctl_data_resolve (
      umockdev_ioctl_client_get_arg (client), 0, sizeof (guint32), NULL);

  if (data == NULL)
    return EFAULT;
  memset (data->data, 0, sizeof (guint32));
  return 0;
}

/* Returns: an errno, 0, or ANSWERED_LATER */
static int
answer (MockUsbfsDevice *self, UMockdevIoctlClient *client)
{
  guint numbers[2];

  switch (umockdev_ioctl_client_get_request (client)) {
  case USBDEVFS_GET_CAPABILITIES:
    return get_capabilities (client);
  case USBDEVFS_CLAIMINTERFACE:
  case USBDEVFS_DISCONNECT_CLAIM: /* begins with the interface as well */
    return start_claiming (self, client);
  case USBDEVFS_RELEASEINTERFACE:
    return release (self, client);
  case USBDEVFS_SETINTERFACE: /* interface, alt setting */
    if (!read_numbers (client, numbers, 2))
      return EFAULT;
    return standard_request (self, 0x01, 0x0B, numbers[1], numbers[0]) == 0 ? 0 : EINVAL;
  case USBDEVFS_SETCONFIGURATION:
    if (!read_numbers (client, numbers, 1))
      return EFAULT;
    return standard_request (self, 0x00, 0x09, numbers[0], 0);
  case USBDEVFS_RESET:
    jmp_virtual_board_reset (self->board);
    return 0;
  case USBDEVFS_CLEAR_HALT:
    return 0;
  case USBDEVFS_GETDRIVER:
    return ENODATA; /* no kernel driver has the interface */
  case USBDEVFS_SUBMITURB:
    return submit (self, client);
  case USBDEVFS_DISCARDURB:
    return discard (self, client);
  default:
    return ENOTTY;
  }
}

static gboolean
mock_usbfs_device_handle_ioctl (UMockdevIoctlBase *base, UMockdevIoctlClient *client)
{
  MockUsbfsDevice *self = MOCK_USBFS_DEVICE (base);
  gboolean is_reap = umockdev_ioctl_client_get_request (client) == USBDEVFS_REAPURBNDELAY;
  gboolean gone;
  int error;

  g_rec_mutex_lock (&self->lock);
  gone = self->gone;
  g_rec_mutex_unlock (&self->lock);
  if (is_reap)
    error = reap (self, client);
  else
    error = gone ? ENODEV : answer (self, client);
  if (error != ANSWERED_LATER)
    umockdev_ioctl_client_complete (client, error == 0 ? 0 : -1, error);
  return TRUE;
}

/* The host closed the node: the kernel takes back what it left. A waiter keeps its client alive, so
 * there is none. */
static void
client_gone_cb (gpointer user_data, GObject *where_it_was)
{
  MockUsbfsDevice *self = user_data;

  g_rec_mutex_lock (&self->lock);
  if ((GObject *)self->claimed_by == where_it_was)
    self->claimed_by = NULL;
  for (guint i = self->urbs->len; i > 0; i--)
    if ((GObject *)((Urb *)g_ptr_array_index (self->urbs, i - 1))->client == where_it_was)
      g_ptr_array_remove_index (self->urbs, i - 1);
  mock_usbfs_device_answer (self);
  g_rec_mutex_unlock (&self->lock);
}

/* umockdev has a client_vanished as well, and a property that should change, but 0.17 tells neither.
 * A client keeps its handler alive. */
static void
mock_usbfs_device_client_connected (UMockdevIoctlBase *base, UMockdevIoctlClient *client)
{
  g_object_weak_ref (G_OBJECT (client), client_gone_cb, base);
}

static void
mock_usbfs_device_finalize (GObject *object)
{
  MockUsbfsDevice *self = MOCK_USBFS_DEVICE (object);

  g_source_unref (self->timer);
  mock_usbfs_node_clear (&self->node);
  g_ptr_array_unref (self->urbs);
  g_ptr_array_unref (self->waiters);
  jmp_virtual_board_unref (self->board);
  g_rec_mutex_clear (&self->lock);
  G_OBJECT_CLASS (mock_usbfs_device_parent_class)->finalize (object);
}

static void
mock_usbfs_device_class_init (MockUsbfsDeviceClass *klass)
{
  UMockdevIoctlBaseClass *base_class = UMOCKDEV_IOCTL_BASE_CLASS (klass);

  base_class->handle_ioctl = mock_usbfs_device_handle_ioctl;
  base_class->client_connected = mock_usbfs_device_client_connected;
  G_OBJECT_CLASS (klass)->finalize = mock_usbfs_device_finalize;
}

static void
mock_usbfs_device_init (MockUsbfsDevice *self)
{
  g_rec_mutex_init (&self->lock);
  self->urbs = g_ptr_array_new_with_free_func ((GDestroyNotify)urb_free);
  self->waiters = g_ptr_array_new_with_free_func ((GDestroyNotify)waiter_free);
}

/* @node: the file to make; the caller removes it */
MockUsbfsDevice *
mock_usbfs_device_new (JmpVirtualBoard *board, const char *node, GMainContext *timers)
{
  MockUsbfsDevice *self = g_object_new (MOCK_TYPE_USBFS_DEVICE, NULL);

  self->board = jmp_virtual_board_ref (board);
  mock_usbfs_node_init (&self->node, node);
  self->timer = mock_usbfs_node_new_timer (&self->node);
  g_source_set_callback (self->timer, G_SOURCE_FUNC (timer_cb), self, NULL);
  g_source_attach (self->timer, timers);
  return self;
}

guint
mock_usbfs_device_get_under_way (MockUsbfsDevice *self)
{
  guint n;

  g_rec_mutex_lock (&self->lock);
  n = self->urbs->len;
  g_rec_mutex_unlock (&self->lock);
  return n;
}
