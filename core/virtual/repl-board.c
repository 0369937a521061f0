/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A virtual board that runs MicroPython: which one stands in its flash, and the way from there to the
 * boot loader. */

#include "virtual/repl.h"

#include "virtual/board-private.h"
#include "virtual/repl-private.h"

#include <string.h>

/* How MicroPython's firmware names itself: this, " on " and a day, "; " and the machine, a zero. What
 * the practice firmware has besides, stands behind that zero. */
#define BANNER     "MicroPython v"
#define BUILD      "_build="
#define MAX_BANNER 160

/* How many bytes up to a zero are text that can be shown; 0 for none, or too many. */
static gsize
text_length (const guint8 *at, gsize size)
{
  gsize i = 0;

  while (i < size && i < MAX_BANNER && g_ascii_isprint (at[i]))
    i++;
  return i < size && at[i] == '\0' ? i : 0;
}

static char *
find_build (const guint8 *at, gsize size)
{
  gsize length = text_length (at, size);

  if (length <= strlen (BUILD) || strncmp ((const char *)at, BUILD, strlen (BUILD)) != 0)
    return NULL;
  return g_strndup ((const char *)at + strlen (BUILD), length - strlen (BUILD));
}

static char *
find_banner (const guint8 *bytes, gsize size, char **build)
{
  const guint8 *at = bytes;
  const guint8 *end = bytes + size;

  while (at < end && (at = memchr (at, BANNER[0], (gsize)(end - at))) != NULL) {
    gsize left = (gsize)(end - at);
    gsize length = left > strlen (BANNER) && memcmp (at, BANNER, strlen (BANNER)) == 0
                       ? text_length (at, left)
                       : 0;
    g_autofree char *text = g_strndup ((const char *)at, length);

    if (strstr (text, " on ") != NULL && strstr (text, "; ") != NULL) {
      *build = find_build (at + length + 1, left - length - 1);
      return g_steal_pointer (&text);
    }
    at++;
  }
  return NULL;
}

/**
 * jmp_virtual_board_get_banner:
 * @board: a board
 * @build: (out) (nullable) (transfer full): the name of its build, when it says that too
 *
 * Which MicroPython stands in the board's flash, whatever the board does.
 *
 * Returns: (transfer full) (nullable): its banner; %NULL for another program, or none
 */
char *
jmp_virtual_board_get_banner (JmpVirtualBoard *board, char **build)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&board->lock);
  gsize size = 0;
  const guint8 *bytes = jmp_virtual_memory_raw (board->memory, 0, &size);

  *build = NULL;
  return find_banner (bytes, size, build);
}

/* See board-private.h. */
void
jmp_virtual_board_start_program (JmpVirtualBoard *self)
{
  guint32 program;

  if (!jmp_virtual_board_find_program (self, &program))
    return;
  jmp_virtual_board_disappear (self, JMP_VIRTUAL_RUNNING);
  self->started_at = program;
}

/* See repl-private.h. */
gboolean
jmp_virtual_board_still_runs (JmpVirtualBoard *self, guint appearance)
{
  G_GNUC_UNUSED g_autoptr (GMutexLocker) locker = g_mutex_locker_new (&self->lock);

  return self->state == JMP_VIRTUAL_RUNNING && self->appearance == appearance;
}

/* See repl-private.h. A chip without a boot loader starts its program again. */
void
jmp_virtual_board_restart (JmpVirtualBoard *self, guint delay_ms)
{
  gboolean changed;

  g_mutex_lock (&self->lock);
  changed = self->state == JMP_VIRTUAL_RUNNING && self->machine.read_protection < 2;
  if (changed)
    jmp_virtual_board_appear (self,
                              FALSE,
                              jmp_virtual_clock_now (&self->clock) + (gint64)delay_ms * 1000
                                  + JMP_VIRTUAL_BOOT_US);
  g_mutex_unlock (&self->lock);
  if (changed)
    jmp_virtual_board_notify (self);
}
