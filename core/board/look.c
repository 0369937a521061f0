/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "board/look.h"

#include "board/fields.h"

#include <string.h>

/* The longest text that is taken for a name or a version, to either side of what gives it away. */
#define MAX_TEXT 200
/* The longest version, in bytes. */
#define MAX_VERSION 64

static gboolean
is_printable (guint8 c)
{
  return c >= 0x20 && c < 0x7F;
}

/* The printable text around @at, as MicroPython's strings stand in flash: between zero bytes. */
static char *
text_around (const guint8 *data, gsize size, gsize at)
{
  gsize from = at;
  gsize to = at;

  while (from > 0 && at - from < MAX_TEXT && is_printable (data[from - 1]))
    from--;
  while (to < size && to - at < MAX_TEXT && is_printable (data[to]))
    to++;
  return g_strndup ((const char *)data + from, to - from);
}

static const guint8 *
find_bytes (const guint8 *data, gsize size, const char *text)
{
  gsize length = strlen (text);

  while (size >= length) {
    const guint8 *found = memchr (data, text[0], size - length + 1);

    if (found == NULL)
      return NULL;
    if (memcmp (found, text, length) == 0)
      return found;
    size -= (gsize)(found - data) + 1;
    data = found + 1;
  }
  return NULL;
}

/* "1.29.0" of "v1.29.0 on 2026-08-24" */
static char *
find_version (const guint8 *data, gsize size)
{
  const guint8 *at = data;

  while ((at = find_bytes (at, size - (gsize)(at - data), " on 20")) != NULL) {
    g_autofree char *text = text_around (data, size, (gsize)(at - data));
    const char *on = strstr (text, " on 20");
    const char *start = on;
    g_autofree char *version = NULL;

    at++;
    while (start != NULL && start > text && start[-1] != ' ')
      start--;
    if (start == NULL || start[0] != 'v' || !g_ascii_isdigit (start[1]))
      continue;
    version = g_strndup (start + 1, (gsize)(on - start) - 1);
    if (jmp_word_is_plain (version, MAX_VERSION))
      return g_steal_pointer (&version);
  }
  return NULL;
}

/* The banner has the version first, and other text behind the name is not part of it. */
static char *
cut_machine (const char *text)
{
  const char *start = strrchr (text, ';');

  return g_strdup (start != NULL ? start + 1 + (start[1] == ' ') : text);
}

/**
 * jmp_look_free:
 * @self: (transfer full): what was found
 *
 * Frees it.
 */
void
jmp_look_free (JmpLook *self)
{
  g_clear_pointer (&self->board, jmp_board_unref);
  g_free (self->machine);
  g_free (self->version);
  g_free (self);
}

/**
 * jmp_look_into:
 * @catalogue: the boards
 * @memory: some of a board's flash, or of a firmware file
 *
 * Looks for what MicroPython has in its flash: the name of the board ("PYBv1.1 with STM32F405RG") and
 * the version ("v1.29.0 on 2026-08-24").
 *
 * Returns: (transfer full): what was found, perhaps nothing
 */
JmpLook *
jmp_look_into (JmpCatalogue *catalogue, GBytes *memory)
{
  JmpLook *self = g_new0 (JmpLook, 1);
  gsize size;
  const guint8 *data = g_bytes_get_data (memory, &size);
  const guint8 *at = data;

  self->version = find_version (data, size);
  while ((at = find_bytes (at, size - (gsize)(at - data), " with ")) != NULL) {
    g_autofree char *text = text_around (data, size, (gsize)(at - data));
    g_autofree char *machine = cut_machine (text);
    JmpBoard *board = jmp_catalogue_find_by_machine (catalogue, machine);

    at++;
    if (board == NULL || board == self->board)
      continue;
    if (self->board != NULL) {
      g_clear_pointer (&self->board, jmp_board_unref);
      g_clear_pointer (&self->machine, g_free);
      break;
    }
    self->board = jmp_board_ref (board);
    self->machine = g_steal_pointer (&machine);
  }
  return self;
}
