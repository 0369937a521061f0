/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "script-serial.h"

#include "base/error.h"

#include <string.h>

struct _ScriptSerial {
  JmpSerial base;
  const ScriptLine *lines;
  GString *sent;   /* everything */
  GString *input;  /* since the last line matched */
  GString *output; /* not read yet */
  const char *endless;
  gint64 now;
  gboolean gone;
  gboolean blocked;
  gint64 cancel_at;
  GCancellable *cancellable;
};

static void
follow (ScriptSerial *self)
{
  while (!self->gone && self->lines->host != NULL
         && strstr (self->input->str, self->lines->host) != NULL) {
    const char *board = self->lines->board;

    g_string_truncate (self->input, 0);
    self->lines++;
    if (board == NULL) {
      self->gone = TRUE;
    } else if (g_str_has_suffix (board, "*")) {
      self->endless = board;
    } else {
      g_string_append (self->output, board);
    }
  }
}

static void
pass (ScriptSerial *self, gint64 us)
{
  self->now += us;
  if (self->cancellable != NULL && self->now >= self->cancel_at)
    g_cancellable_cancel (self->cancellable);
}

static gssize
script_read (JmpSerial *base,
             guint8 *data,
             gsize size,
             guint timeout_ms,
             GCancellable *cancellable,
             GError **error)
{
  ScriptSerial *self = (ScriptSerial *)base;
  gsize n;

  follow (self);
  if (self->endless != NULL && self->output->len == 0)
    g_string_append_len (self->output, self->endless, (gssize)strlen (self->endless) - 1);
  n = MIN (size, self->output->len);
  if (n > 0) {
    pass (self, 1000);
    memcpy (data, self->output->str, n);
    g_string_erase (self->output, 0, (gssize)n);
    return (gssize)n;
  }
  if (self->gone) {
    g_set_error_literal (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, "the script's port went away");
    return -1;
  }
  pass (self, (gint64)timeout_ms * 1000);
  return g_cancellable_set_error_if_cancelled (cancellable, error) ? -1 : 0;
}

static gboolean
script_write (JmpSerial *base,
              const guint8 *data,
              gsize size,
              guint timeout_ms,
              GCancellable *cancellable,
              GError **error)
{
  ScriptSerial *self = (ScriptSerial *)base;

  if (self->gone || self->blocked) {
    if (self->blocked)
      pass (self, (gint64)timeout_ms * 1000);
    g_set_error_literal (error,
                         JMP_ERROR,
                         self->gone ? JMP_ERROR_DISCONNECTED : JMP_ERROR_TIMED_OUT,
                         "the script takes nothing");
    return FALSE;
  }
  g_string_append_len (self->sent, (const char *)data, (gssize)size);
  g_string_append_len (self->input, (const char *)data, (gssize)size);
  follow (self);
  return TRUE;
}

static gint64
script_now (JmpSerial *base)
{
  return ((ScriptSerial *)base)->now;
}

static gboolean
script_wait (JmpSerial *base, guint ms, GCancellable *cancellable, GError **error)
{
  pass ((ScriptSerial *)base, (gint64)ms * 1000);
  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

static void
script_free (JmpSerial *base)
{
  ScriptSerial *self = (ScriptSerial *)base;

  g_string_free (self->sent, TRUE);
  g_string_free (self->input, TRUE);
  g_string_free (self->output, TRUE);
  g_free (self);
}

static const JmpSerialOps script_ops = {
  .read = script_read,
  .write = script_write,
  .now = script_now,
  .wait = script_wait,
  .free = script_free,
};

JmpSerial *
script_serial_new (const ScriptLine *lines)
{
  ScriptSerial *self = g_new0 (ScriptSerial, 1);

  self->base.ops = &script_ops;
  self->lines = lines;
  self->sent = g_string_new (NULL);
  self->input = g_string_new (NULL);
  self->output = g_string_new (NULL);
  return &self->base;
}

const char *
script_serial_get_sent (JmpSerial *serial)
{
  return ((ScriptSerial *)serial)->sent->str;
}

guint
script_serial_get_ms (JmpSerial *serial)
{
  return (guint)(((ScriptSerial *)serial)->now / 1000);
}

void
script_serial_block (JmpSerial *serial)
{
  ((ScriptSerial *)serial)->blocked = TRUE;
}

void
script_serial_cancel_at (JmpSerial *serial, guint ms, GCancellable *cancellable)
{
  ScriptSerial *self = (ScriptSerial *)serial;

  self->cancel_at = (gint64)ms * 1000;
  self->cancellable = cancellable;
}
