/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "image/inflate-private.h"

#include "base/error.h"

/* zlib then does not ask for the input to be writable. */
#define ZLIB_CONST
#include <zlib.h>

#define STEP (64u * 1024)

typedef struct {
  z_stream stream;
  GByteArray *out;
} Inflation;

static void
inflation_clear (Inflation *self)
{
  inflateEnd (&self->stream);
  g_clear_pointer (&self->out, g_byte_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Inflation, inflation_clear)

static gboolean
fail (GError **error, const char *what)
{
  g_set_error (error, JMP_ERROR, JMP_ERROR_DAMAGED_FILE, "it cannot be unpacked: %s", what);
  return FALSE;
}

/* Takes up to STEP more bytes. */
static int
inflate_step (Inflation *self)
{
  guint8 buffer[STEP];
  int status;

  self->stream.next_out = buffer;
  self->stream.avail_out = sizeof buffer;
  status = inflate (&self->stream, Z_NO_FLUSH);
  if (status == Z_OK || status == Z_STREAM_END)
    g_byte_array_append (self->out, buffer, STEP - self->stream.avail_out);
  return status;
}

static gboolean
inflate_all (Inflation *self, gsize limit, GError **error)
{
  int status = Z_OK;

  while (status == Z_OK) {
    status = inflate_step (self);
    if (self->out->len > limit) {
      g_set_error (error,
                   JMP_ERROR,
                   JMP_ERROR_INVALID_FILE,
                   "unpacked it would have more than %zu bytes",
                   limit);
      return FALSE;
    }
  }
  if (status == Z_STREAM_END)
    return TRUE;
  if (status == Z_BUF_ERROR)
    return fail (error, "it is cut short");
  return fail (error, self->stream.msg != NULL ? self->stream.msg : "its data make no sense");
}

/* Inflates at most @limit bytes; @used is how many of @size that took. */
GBytes *
jmp_inflate (
    const guint8 *data, gsize size, int window_bits, gsize limit, gsize *used, GError **error)
{
  g_auto (Inflation) self = { .out = g_byte_array_new () };

  if (size > G_MAXUINT || inflateInit2 (&self.stream, window_bits) != Z_OK) {
    fail (error, "zlib cannot do it");
    return NULL;
  }
  self.stream.next_in = data;
  self.stream.avail_in = (guint)size;
  if (!inflate_all (&self, limit, error))
    return NULL;
  *used = size - self.stream.avail_in;
  return g_byte_array_free_to_bytes (g_steal_pointer (&self.out));
}
