/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "usb/recorder.h"

#include "base/error.h"
#include "usb/recording-private.h"

#include <string.h>

/* A device descriptor and the longest configuration (wTotalLength has 16 bits). */
#define DESCRIPTORS_MAX (18 + 0xFFFF)
/* No recording is longer than this, so that adding times cannot overflow. */
#define TIME_MAX (G_MAXINT64 / 4)

typedef enum {
  RESULT_PLAIN, /* done, or not */
  RESULT_COUNT, /* how many bytes were sent */
  RESULT_DATA,  /* which bytes came */
} ResultKind;

typedef struct {
  guint line;
  gint64 end;
  char *request;
  ResultKind kind;
  gsize limit; /* of the count */
  GError *error;
  gsize count;
  GBytes *data; /* of RESULT_DATA */
} Record;

typedef struct {
  JmpUsb base;
  GPtrArray *records;
  guint next;
  gint64 now;
} JmpUsbReplay;

static void
record_free (Record *self)
{
  g_free (self->request);
  g_clear_error (&self->error);
  g_clear_pointer (&self->data, g_bytes_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Record, record_free)

static gboolean
parse_number (const char *text, guint64 max, guint64 *out)
{
  return g_ascii_isdigit (text[0]) && g_ascii_string_to_unsigned (text, 10, 0, max, out, NULL);
}

static gboolean
is_hex (const char *text, gsize digits)
{
  return strlen (text) == digits && strspn (text, "0123456789abcdef") == digits;
}

static GBytes *
parse_hex (const char *text, gsize count)
{
  guint8 *data = g_malloc (count + 1);

  for (gsize i = 0; i < count; i++)
    data[i] = (guint8)(g_ascii_xdigit_value (text[2 * i]) << 4
                       | g_ascii_xdigit_value (text[2 * i + 1]));
  return g_bytes_new_take (data, count);
}

/* "@START+TOOK " */
static const char *
parse_times (Record *self, const char *line)
{
  g_auto (GStrv) parts = NULL;
  const char *space = strchr (line, ' ');
  guint64 start;
  guint64 took;

  if (line[0] != '@' || space == NULL)
    return NULL;
  {
    g_autofree char *times = g_strndup (line + 1, (gsize)(space - line - 1));

    parts = g_strsplit (times, "+", 2);
  }
  if (g_strv_length (parts) != 2 || !parse_number (parts[0], TIME_MAX, &start)
      || !parse_number (parts[1], TIME_MAX, &took))
    return NULL;
  self->end = (gint64)(start + took);
  return space + 1;
}

/* "in" or "out" with the setup stage, and data to send. */
static gboolean
parse_control (Record *self, char **words)
{
  gboolean is_in = g_str_equal (words[0], "in");
  guint n = g_strv_length (words);
  guint64 length;

  if (n < 6 || !is_hex (words[1], 2) || !is_hex (words[2], 2) || !is_hex (words[3], 4)
      || !is_hex (words[4], 4) || !parse_number (words[5], JMP_USB_MAX_CONTROL, &length))
    return FALSE;
  if (is_in != (g_ascii_xdigit_value (words[1][0]) >= 8))
    return FALSE;
  if (is_in || length == 0 ? n != 6 : n != 7 || !is_hex (words[6], 2 * length))
    return FALSE;
  self->kind = is_in ? RESULT_DATA : RESULT_COUNT;
  self->limit = length;
  return TRUE;
}

static gboolean
parse_request (Record *self)
{
  g_auto (GStrv) words = g_strsplit (self->request, " ", -1);
  guint n = g_strv_length (words);
  guint64 number;

  if (n == 0)
    return FALSE;
  if (g_str_equal (words[0], "in") || g_str_equal (words[0], "out"))
    return parse_control (self, words);
  self->kind = RESULT_PLAIN;
  if (g_str_equal (words[0], "descriptors")) {
    self->kind = RESULT_DATA;
    self->limit = DESCRIPTORS_MAX;
    return n == 1;
  }
  if (g_str_equal (words[0], "reset"))
    return n == 1;
  if (g_str_equal (words[0], "claim"))
    return n == 2 && parse_number (words[1], 255, &number);
  return g_str_equal (words[0], "set-alt") && n == 3 && parse_number (words[1], 255, &number)
         && parse_number (words[2], 255, &number);
}

/* "WORD: MESSAGE" */
static gboolean
parse_error (Record *self, const char *result)
{
  const char *colon = strstr (result, ": ");
  g_autofree char *word = NULL;

  if (colon == NULL)
    return FALSE;
  word = g_strndup (result, (gsize)(colon - result));
  if (g_str_equal (word, JMP_RECORDING_CANCELLED))
    self->error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, colon + 2);
  for (int code = JMP_ERROR_FAILED; code <= JMP_ERROR_USAGE && self->error == NULL; code++)
    if (g_str_equal (word, jmp_error_to_string (code)))
      self->error = g_error_new_literal (JMP_ERROR, code, colon + 2);
  return self->error != NULL;
}

static gboolean
parse_result (Record *self, const char *result)
{
  g_auto (GStrv) words = NULL;
  guint64 count;
  guint n;

  if (!g_str_equal (result, "ok") && !g_str_has_prefix (result, "ok "))
    return parse_error (self, result);
  words = g_strsplit (result, " ", -1);
  n = g_strv_length (words);
  if (self->kind == RESULT_PLAIN)
    return n == 1;
  if (n < 2 || !parse_number (words[1], self->limit, &count))
    return FALSE;
  self->count = count;
  if (self->kind == RESULT_COUNT || count == 0)
    return n == 2;
  if (n != 3 || !is_hex (words[2], 2 * self->count))
    return FALSE;
  self->data = parse_hex (words[2], self->count);
  return TRUE;
}

static Record *
parse_line (const char *line, guint number, GError **error)
{
  g_autoptr (Record) self = g_new0 (Record, 1);
  const char *request = parse_times (self, line);
  const char *arrow = request != NULL ? strstr (request, JMP_RECORDING_ARROW) : NULL;

  self->line = number;
  if (arrow != NULL) {
    self->request = g_strndup (request, (gsize)(arrow - request));
    if (parse_request (self) && parse_result (self, arrow + strlen (JMP_RECORDING_ARROW)))
      return g_steal_pointer (&self);
  }
  g_set_error (
      error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "line %u is not a line of a recording", number);
  return NULL;
}

static GPtrArray *
parse_text (const char *text, GError **error)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func ((GDestroyNotify)record_free);
  g_auto (GStrv) lines = NULL;

  if (!g_utf8_validate (text, -1, NULL)) {
    g_set_error_literal (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "the recording is not UTF-8");
    return NULL;
  }
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    Record *record;

    g_strchomp (lines[i]);
    if (lines[i][0] == '\0' || lines[i][0] == '#')
      continue;
    record = parse_line (lines[i], i + 1, error);
    if (record == NULL)
      return NULL;
    g_ptr_array_add (records, record);
  }
  return g_steal_pointer (&records);
}

/* A request as people read it: without the data of a long one. */
static char *
shorten (const char *request)
{
  return strlen (request) <= 60 ? g_strdup (request) : g_strdup_printf ("%.60s...", request);
}

static void
set_deviation (const Record *record, const char *request, GError **error)
{
  g_autofree char *recorded = shorten (record->request);
  g_autofree char *asked = shorten (request);
  gsize same = 0;

  while (request[same] != '\0' && request[same] == record->request[same])
    same++;
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_PROTOCOL,
               "line %u of the recording has \"%s\", and \"%s\" was asked (they differ from "
               "character %" G_GSIZE_FORMAT " on)",
               record->line,
               recorded,
               asked,
               same + 1);
}

/* Returns: what the recording answers to @request, or %NULL with @error */
static Record *
take (JmpUsbReplay *self, const char *request, GError **error)
{
  Record *record;

  if (self->next >= self->records->len) {
    g_autofree char *asked = shorten (request);

    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_PROTOCOL,
                 "the recording has ended, and \"%s\" was asked",
                 asked);
    return NULL;
  }
  record = g_ptr_array_index (self->records, self->next);
  if (!g_str_equal (record->request, request)) {
    set_deviation (record, request, error);
    return NULL;
  }
  self->next++;
  self->now = MAX (self->now, record->end);
  if (record->error != NULL) {
    if (error != NULL)
      *error = g_error_copy (record->error);
    return NULL;
  }
  return record;
}

static GBytes *
replay_descriptors (JmpUsb *usb, GError **error)
{
  g_autofree char *request = jmp_recording_descriptors ();
  Record *record = take ((JmpUsbReplay *)usb, request, error);

  if (record == NULL)
    return NULL;
  return record->data != NULL ? g_bytes_ref (record->data) : g_bytes_new (NULL, 0);
}

static gboolean
replay_claim (JmpUsb *usb, guint8 interface, GError **error)
{
  g_autofree char *request = jmp_recording_claim (interface);

  return take ((JmpUsbReplay *)usb, request, error) != NULL;
}

static gboolean
replay_set_alt (JmpUsb *usb, guint8 interface, guint8 alt, GError **error)
{
  g_autofree char *request = jmp_recording_set_alt (interface, alt);

  return take ((JmpUsbReplay *)usb, request, error) != NULL;
}

static gboolean
replay_reset (JmpUsb *usb, GError **error)
{
  g_autofree char *request = jmp_recording_reset ();

  return take ((JmpUsbReplay *)usb, request, error) != NULL;
}

static gssize
replay_control (JmpUsb *usb,
                const JmpUsbSetup *setup,
                guint8 *data,
                guint timeout_ms,
                GCancellable *cancellable,
                GError **error)
{
  g_autofree char *request = jmp_recording_control (setup, data);
  Record *record = take ((JmpUsbReplay *)usb, request, error);

  if (record == NULL)
    return -1;
  /* equal requests have equal lengths, and parse_result() saw that the data fit in */
  if (record->data != NULL)
    memcpy (data, g_bytes_get_data (record->data, NULL), record->count);
  return (gssize)record->count;
}

static gint64
replay_now (JmpUsb *usb)
{
  return ((JmpUsbReplay *)usb)->now;
}

static gboolean
replay_wait (JmpUsb *usb, guint ms, GCancellable *cancellable, GError **error)
{
  ((JmpUsbReplay *)usb)->now += (gint64)ms * 1000;
  return TRUE;
}

static void
replay_free (JmpUsb *usb)
{
  JmpUsbReplay *self = (JmpUsbReplay *)usb;

  g_ptr_array_unref (self->records);
  g_free (self);
}

static const JmpUsbOps replay_ops = {
  .descriptors = replay_descriptors,
  .claim = replay_claim,
  .set_alt = replay_set_alt,
  .control = replay_control,
  .reset = replay_reset,
  .now = replay_now,
  .wait = replay_wait,
  .free = replay_free,
};

/**
 * jmp_usb_replay_new:
 * @text: a recording of jmp_usb_recorder_new(), its lines joined with line ends
 * @error: (out) (optional): %JMP_ERROR_INVALID_FILE with the number of the line
 *
 * A device that answers what the recording has, in its order. Asked anything else, it fails with
 * %JMP_ERROR_PROTOCOL, names the line, and stays where it is. Its time is the recording's: waiting
 * takes none.
 *
 * Returns: (transfer full): a device
 */
JmpUsb *
jmp_usb_replay_new (const char *text, GError **error)
{
  GPtrArray *records = parse_text (text, error);
  JmpUsbReplay *self;

  if (records == NULL)
    return NULL;
  self = g_new0 (JmpUsbReplay, 1);
  self->base.ops = &replay_ops;
  self->records = records;
  return &self->base;
}

/**
 * jmp_usb_replay_is_finished:
 * @self: a device of jmp_usb_replay_new()
 *
 * Returns: %TRUE when all of the recording was asked
 */
gboolean
jmp_usb_replay_is_finished (JmpUsb *self)
{
  JmpUsbReplay *replay = (JmpUsbReplay *)self;

  g_return_val_if_fail (self->ops == &replay_ops, FALSE);
  return replay->next >= replay->records->len;
}
