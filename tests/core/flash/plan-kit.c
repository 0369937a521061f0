/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "plan-kit.h"

#include "assert-text.h"
#include "base/bytes.h"

static void
alt_free (gpointer data)
{
  JmpDfuAlt *alt = data;

  g_clear_pointer (&alt->layout, jmp_layout_unref);
  g_free (alt->name);
  g_free (alt);
}

JmpDfuInfo *
kit_board_new (const char *const *layouts)
{
  JmpDfuInfo *board = g_atomic_rc_box_new0 (JmpDfuInfo);

  board->vid = 0x0483;
  board->pid = 0xDF11;
  board->dfuse = TRUE;
  board->attributes = JMP_DFU_CAN_DOWNLOAD | JMP_DFU_CAN_UPLOAD;
  board->transfer_size = 2048;
  board->device_transfer_size = 2048;
  board->alts = g_ptr_array_new_with_free_func (alt_free);
  for (guint i = 0; layouts[i] != NULL; i++) {
    JmpDfuAlt *alt = g_new0 (JmpDfuAlt, 1);

    alt->alt = (guint8)i;
    alt->layout = layouts[i][0] != '\0' ? jmp_layout_parse (layouts[i], NULL) : NULL;
    alt->name = alt->layout != NULL ? g_strdup (jmp_layout_get_name (alt->layout))
                                    : g_strdup_printf ("Alt %u", i);
    g_ptr_array_add (board->alts, alt);
  }
  return board;
}

guint8
kit_byte_at (guint32 address)
{
  return (guint8)(address ^ (address >> 8) ^ (address >> 16));
}

static GBytes *
make_bytes (guint32 address, gsize length, gboolean vector)
{
  guint8 *data = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    data[i] = kit_byte_at (address + (guint32)i);
  if (vector) {
    jmp_put_u32 (data, 0x20002000);
    jmp_put_u32 (data + 4, address + 8 + 1);
  }
  return g_bytes_new_take (data, length);
}

JmpImage *
kit_image_new (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "; ", -1);
  JmpImageBuilder *builder = jmp_image_builder_new (JMP_IMAGE_DFUSE);
  g_autoptr (GError) error = NULL;
  JmpImage *image;

  for (guint i = 0; parts[i] != NULL; i++) {
    g_auto (GStrv) words = g_strsplit (parts[i], " ", -1);
    guint32 address = (guint32)g_ascii_strtoull (words[1], NULL, 0);
    gsize length = (gsize)g_ascii_strtoull (words[2], NULL, 0);
    g_autoptr (GBytes) bytes = make_bytes (address, length, words[3] != NULL);

    assert_true (jmp_image_builder_add (
        builder, (guint8)g_ascii_strtoull (words[0], NULL, 0), address, bytes, &error));
  }
  image = jmp_image_builder_end (builder, &error);
  assert_no_error (error);
  return image;
}
