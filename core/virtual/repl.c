/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "virtual/repl.h"

#include "base/error.h"
#include "virtual/board-private.h"
#include "virtual/repl-private.h"

#include <string.h>

#define CTRL_A '\x01'
#define CTRL_B '\x02'
#define CTRL_C '\x03'
#define CTRL_D '\x04'
#define CTRL_E '\x05'

#define PROMPT     ">>> "
#define RAW_PROMPT ">"

/* A board has little memory for what it is told. */
#define MAX_CODE 4096

/**
 * Mode:
 * @FRIENDLY: for people: with echo and prompt
 * @RAW: for programs
 * @PASTE: takes lines until Ctrl-D
 */
typedef enum {
  FRIENDLY,
  RAW,
  PASTE,
} Mode;

struct _JmpVirtualRepl {
  JmpVirtualBoard *board; /* (owned) (nullable) */
  guint appearance;
  JmpVirtualPython python;
  char *banner; /* (owned) */
  Mode mode;
  GString *input;  /* (owned) the line, or all that is to be run */
  GString *output; /* (owned) not taken yet */
  gboolean gone;
};

static void
say (JmpVirtualRepl *self, const char *text)
{
  g_string_append (self->output, text);
}

static void
greet (JmpVirtualRepl *self)
{
  g_string_append_printf (
      self->output, "\r\n%s\r\nType \"help()\" for more information.\r\n" PROMPT, self->banner);
}

/**
 * jmp_virtual_repl_new:
 * @banner: "MicroPython v1.29.0 on 2026-08-24; PYBv1.1 with STM32F405RG"
 * @build: (nullable): what sys.implementation._build is; firmware before 1.25 has none
 *
 * Makes a console of no board, at its prompt.
 *
 * Returns: (transfer full): a console
 */
JmpVirtualRepl *
jmp_virtual_repl_new (const char *banner, const char *build)
{
  JmpVirtualRepl *self = g_new0 (JmpVirtualRepl, 1);

  self->banner = g_strdup (banner);
  self->input = g_string_new (NULL);
  self->output = g_string_new (NULL);
  jmp_virtual_python_init (&self->python, banner, build);
  return self;
}

/**
 * jmp_virtual_repl_open:
 * @board: a board
 * @error: (out) (optional): %JMP_ERROR_DISCONNECTED when it does not run a program, or one that has
 *   no console
 *
 * Opens the console of a board that runs MicroPython.
 *
 * Returns: (transfer full): a console, which keeps the board alive
 */
JmpVirtualRepl *
jmp_virtual_repl_open (JmpVirtualBoard *board, GError **error)
{
  g_autofree char *build = NULL;
  g_autofree char *banner = jmp_virtual_board_get_banner (board, &build);
  JmpVirtualRepl *self;
  guint appearance = 0;

  if (banner != NULL)
    jmp_virtual_board_get_appearance (board, &appearance);
  if (banner == NULL || !jmp_virtual_board_still_runs (board, appearance)) {
    g_set_error_literal (
        error, JMP_ERROR, JMP_ERROR_DISCONNECTED, "the virtual board has no console now");
    return NULL;
  }
  self = jmp_virtual_repl_new (banner, build);
  self->board = jmp_virtual_board_ref (board);
  self->appearance = appearance;
  return self;
}

/**
 * jmp_virtual_repl_free:
 * @self: (nullable) (transfer full): a console
 *
 * Closes it.
 */
void
jmp_virtual_repl_free (JmpVirtualRepl *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->board, jmp_virtual_board_unref);
  jmp_virtual_python_clear (&self->python);
  g_string_free (self->input, TRUE);
  g_string_free (self->output, TRUE);
  g_free (self->banner);
  g_free (self);
}

/* The program asked for the boot loader: the port goes, and what was said before is still on its way. */
static void
restart (JmpVirtualRepl *self)
{
  self->gone = TRUE;
  if (self->board != NULL)
    jmp_virtual_board_restart (self->board, self->python.slept_ms);
}

static void
run (JmpVirtualRepl *self)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GString) trouble = g_string_new (NULL);

  jmp_virtual_python_run (&self->python, self->input->str, out, trouble);
  g_string_truncate (self->input, 0);
  if (self->mode == RAW)
    say (self, "OK");
  if (self->python.wants_boot_loader) {
    restart (self);
    return;
  }
  g_string_append_len (self->output, out->str, (gssize)out->len);
  if (self->mode == RAW)
    g_string_append_c (self->output, CTRL_D);
  g_string_append_len (self->output, trouble->str, (gssize)trouble->len);
  if (self->mode == RAW)
    g_string_append_c (self->output, CTRL_D);
}

/* What was imported is forgotten, and boot.py and main.py run again. */
static void
soft_reset (JmpVirtualRepl *self)
{
  jmp_virtual_python_forget (&self->python);
  say (self, "\r\nMPY: sync filesystems\r\nMPY: soft reboot\r\n");
}

static void
enter_raw (JmpVirtualRepl *self)
{
  self->mode = RAW;
  g_string_truncate (self->input, 0);
  say (self, "raw REPL; CTRL-B to exit\r\n" RAW_PROMPT);
}

static void
enter_friendly (JmpVirtualRepl *self)
{
  self->mode = FRIENDLY;
  g_string_truncate (self->input, 0);
  greet (self);
}

static void
keep (JmpVirtualRepl *self, char c)
{
  if (self->input->len < MAX_CODE)
    g_string_append_c (self->input, c);
}

static void
put_raw (JmpVirtualRepl *self, char c)
{
  switch (c) {
  case CTRL_A:
    /* Ctrl-E A Ctrl-A asks for the raw-paste mode: understood, and not to be had */
    if (g_str_has_suffix (self->input->str,
                          "\x05"
                          "A")) {
      g_string_truncate (self->input, self->input->len - 2);
      g_string_append_len (self->output, "R\0", 2);
    } else {
      enter_raw (self);
    }
    break;
  case CTRL_B:
    enter_friendly (self);
    break;
  case CTRL_C:
    g_string_truncate (self->input, 0);
    break;
  case CTRL_D:
    if (self->input->len == 0) {
      say (self, "OK");
      soft_reset (self);
      enter_raw (self);
    } else {
      run (self);
      if (!self->gone)
        say (self, RAW_PROMPT);
    }
    break;
  default:
    keep (self, c);
  }
}

static void
put_paste (JmpVirtualRepl *self, char c)
{
  switch (c) {
  case CTRL_C:
    self->mode = FRIENDLY;
    g_string_truncate (self->input, 0);
    say (self, "\r\n" PROMPT);
    break;
  case CTRL_D:
    self->mode = FRIENDLY;
    say (self, "\r\n");
    run (self);
    if (!self->gone)
      say (self, PROMPT);
    break;
  case '\r':
    keep (self, '\n');
    say (self, "\r\n=== ");
    break;
  default:
    keep (self, c);
    g_string_append_c (self->output, c);
  }
}

static void
put_friendly (JmpVirtualRepl *self, char c)
{
  switch (c) {
  case CTRL_A:
    enter_raw (self);
    break;
  case CTRL_B:
    enter_friendly (self);
    break;
  case CTRL_C:
    g_string_truncate (self->input, 0);
    say (self, "\r\n" PROMPT);
    break;
  case CTRL_D:
    if (self->input->len == 0) {
      soft_reset (self);
      greet (self);
    }
    break;
  case CTRL_E:
    self->mode = PASTE;
    g_string_truncate (self->input, 0);
    say (self, "\r\npaste mode; Ctrl-C to cancel, Ctrl-D to finish\r\n=== ");
    break;
  case '\r':
    say (self, "\r\n");
    run (self);
    if (!self->gone)
      say (self, PROMPT);
    break;
  case '\n':
    break;
  default:
    keep (self, c);
    g_string_append_c (self->output, c);
  }
}

static gboolean
is_gone (JmpVirtualRepl *self)
{
  if (!self->gone && self->board != NULL)
    self->gone = !jmp_virtual_board_still_runs (self->board, self->appearance);
  return self->gone;
}

/**
 * jmp_virtual_repl_put:
 * @self: a console
 * @data: (array length=size): what the host sends
 * @size: how many bytes
 *
 * The board gets bytes, and does what they say.
 *
 * Returns: %FALSE when there is no port any more
 */
gboolean
jmp_virtual_repl_put (JmpVirtualRepl *self, const guint8 *data, gsize size)
{
  if (is_gone (self))
    return FALSE;
  for (gsize i = 0; i < size && !self->gone; i++) {
    switch (self->mode) {
    case FRIENDLY:
      put_friendly (self, (char)data[i]);
      break;
    case RAW:
      put_raw (self, (char)data[i]);
      break;
    case PASTE:
      put_paste (self, (char)data[i]);
      break;
    }
  }
  return TRUE;
}

/**
 * jmp_virtual_repl_take:
 * @self: a console
 * @data: (out caller-allocates): where bytes are put
 * @size: how many there is room for
 *
 * Takes what the board has sent. What was sent before the port went is still to be had.
 *
 * Returns: how many bytes, 0 when there are none now, -1 when there is no port any more
 */
gssize
jmp_virtual_repl_take (JmpVirtualRepl *self, guint8 *data, gsize size)
{
  gsize n = MIN (size, self->output->len);

  if (n == 0)
    return is_gone (self) ? -1 : 0;
  memcpy (data, self->output->str, n);
  g_string_erase (self->output, 0, (gssize)n);
  return (gssize)n;
}
