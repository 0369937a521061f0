/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "map/map-contents.h"

#include "image/dfu-suffix.h"

#define BYTES_IN_LINE 8
#define MAX_LINES     8

/* The first bytes, wherever in the part they are. */
static void
add_lines (GString *dump, guint *n_lines, guint32 address, const guint8 *data, gsize size)
{
  for (gsize at = 0; at < size && *n_lines < MAX_LINES; at += BYTES_IN_LINE) {
    const gsize n = MIN (BYTES_IN_LINE, size - at);
    const char *separator = *n_lines > 0 ? "\n" : "";

    g_string_append_printf (dump, "%s%08X ", separator, address + (guint32)at);
    for (gsize i = 0; i < BYTES_IN_LINE; i++) {
      if (i < n)
        g_string_append_printf (dump, " %02X", data[at + i]);
      else
        g_string_append (dump, "   ");
    }
    g_string_append (dump, "  ");
    for (gsize i = 0; i < n; i++)
      g_string_append_c (dump, g_ascii_isprint (data[at + i]) ? (char)data[at + i] : '.');
    (*n_lines)++;
  }
}

static gboolean
brings_bytes (const JmpStep *step, const JmpMapSpan *span)
{
  return step->alt == span->alt && step->bytes != NULL
         && (step->kind == JMP_STEP_WRITE || step->kind == JMP_STEP_COMPARE);
}

static int
compare_steps (gconstpointer a, gconstpointer b)
{
  const JmpStep *left = *(const JmpStep *const *)a;
  const JmpStep *right = *(const JmpStep *const *)b;

  return left->address < right->address ? -1 : left->address > right->address;
}

/**
 * jmp_map_contents_of:
 * @plan: (nullable): how a file is brought onto a board, or compared with it
 * @span: a part of the memory
 *
 * What the file has for that part.
 *
 * Returns: it; release with jmp_map_contents_clear()
 */
JmpMapContents
jmp_map_contents_of (JmpPlan *plan, const JmpMapSpan *span)
{
  const guint64 end = span->address + (guint64)span->sector_size * span->count;
  g_autoptr (GPtrArray) found = g_ptr_array_new ();
  g_autoptr (GByteArray) all = g_byte_array_new ();
  GString *dump = g_string_new (NULL);
  guint n_lines = 0;
  guint n = 0;
  const JmpStep *steps = plan != NULL ? jmp_plan_get_steps (plan, &n) : NULL;

  for (guint i = 0; i < n; i++) {
    if (brings_bytes (&steps[i], span))
      g_ptr_array_add (found, (gpointer)&steps[i]);
  }
  g_ptr_array_sort (found, compare_steps);
  for (guint i = 0; i < found->len; i++) {
    const JmpStep *step = found->pdata[i];
    gsize size = 0;
    const guint8 *data = g_bytes_get_data (step->bytes, &size);
    const guint64 from = MAX (step->address, span->address);
    const guint64 to = MIN (step->address + (guint64)size, end);

    if (from >= to)
      continue;
    data += from - step->address;
    add_lines (dump, &n_lines, (guint32)from, data, (gsize)(to - from));
    g_byte_array_append (all, data, (guint)(to - from));
  }
  return (JmpMapContents){
    .size = all->len,
    .crc = ~jmp_dfu_crc (all->data, all->len),
    .dump = g_string_free (dump, FALSE),
  };
}

/**
 * jmp_map_contents_clear:
 * @self: contents
 *
 * Frees what they hold.
 */
void
jmp_map_contents_clear (JmpMapContents *self)
{
  g_clear_pointer (&self->dump, g_free);
}
