/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "board/console.h"

#include "base/error.h"

#include <string.h>

#define RAW_PROMPT "raw REPL; CTRL-B to exit\r\n>"
/* Ctrl-C, twice: a program may catch the first */
#define INTERRUPT "\r\x03\x03"
#define ENTER_RAW "\r\x01"
#define LEAVE_RAW "\r\x03\x02"
#define END       '\x04'

/* The answer to Ctrl-D comes before the board goes: it is given a moment to be sent. */
#define RESTART_CODE "import time,machine\ntime.sleep_ms(100)\nmachine.bootloader()\n"

/* How long one attempt to get the prompt may take; there are as many as the limit allows. */
#define ATTEMPT_MS 1000
/* A board that says nothing for so long has said what it had to say. */
#define QUIET_MS 50
#define DRAIN_MS 300
/* For the last word to a board that did not do as it was told. */
#define LEAVE_MS 200

/* How much of what comes is kept while the prompt is looked for. */
#define MAX_WINDOW 1024

typedef struct {
  JmpSerial *serial;
  gint64 end; /* of everything */
  guint limit_ms;
  GCancellable *cancellable;
  GString *pending; /* (owned) came, and was not looked at */
  gboolean heard;   /* whether anything ever came */
} Talk;

typedef enum {
  FOUND,
  LATE,
  FAILED
} Search;

static Talk
talk_new (JmpSerial *serial, guint limit_ms, GCancellable *cancellable)
{
  return (Talk){
    .serial = serial,
    .end = jmp_serial_now (serial) + (gint64)limit_ms * 1000,
    .limit_ms = limit_ms,
    .cancellable = cancellable,
    .pending = g_string_new (NULL),
  };
}

static guint
ms_until (Talk *self, gint64 end)
{
  gint64 left = (end - jmp_serial_now (self->serial) + 999) / 1000;

  return (guint)CLAMP (left, 0, G_MAXINT);
}

static gboolean
tell (Talk *self, const char *text, gsize size, GError **error)
{
  guint left = ms_until (self, self->end);

  return jmp_serial_write (
      self->serial, (const guint8 *)text, size, MAX (1, left), self->cancellable, error);
}

/* Waits for bytes until @end, and adds them to what is pending; LATE when none came. */
static Search
hear (Talk *self, gint64 end, GError **error)
{
  guint8 bytes[256];
  guint left = ms_until (self, MIN (end, self->end));
  gssize n = jmp_serial_read (self->serial, bytes, sizeof bytes, left, self->cancellable, error);

  if (n < 0)
    return FAILED;
  if (n == 0)
    return LATE;
  self->heard = TRUE;
  g_string_append_len (self->pending, (const char *)bytes, n);
  return FOUND;
}

static const char *
find (const GString *text, const char *wanted, gsize size)
{
  const char *at = text->str;
  const char *end = text->str + text->len;

  while ((gsize)(end - at) >= size) {
    at = memchr (at, wanted[0], (gsize)(end - at) - size + 1);
    if (at == NULL || memcmp (at, wanted, size) == 0)
      return at;
    at++;
  }
  return NULL;
}

/* Until the board is quiet, or does not seem to get so. */
static Search
drain (Talk *self, GError **error)
{
  gint64 end = MIN (self->end, jmp_serial_now (self->serial) + DRAIN_MS * 1000);

  for (;;) {
    gint64 quiet = jmp_serial_now (self->serial) + QUIET_MS * 1000;
    Search search = hear (self, MIN (quiet, end), error);

    g_string_truncate (self->pending, 0);
    if (search != FOUND || jmp_serial_now (self->serial) >= end)
      return search == FAILED ? FAILED : FOUND;
  }
}

/* Passes over everything up to the prompt. */
static Search
await_prompt (Talk *self, gint64 end, GError **error)
{
  for (;;) {
    const char *at = find (self->pending, RAW_PROMPT, strlen (RAW_PROMPT));
    Search search;

    if (at != NULL) {
      g_string_erase (self->pending, 0, at - self->pending->str + (gssize)strlen (RAW_PROMPT));
      return FOUND;
    }
    if (self->pending->len > MAX_WINDOW)
      g_string_erase (self->pending, 0, (gssize)(self->pending->len - strlen (RAW_PROMPT)));
    search = jmp_serial_now (self->serial) < end ? hear (self, end, error) : LATE;
    if (search != FOUND)
      return search;
  }
}

/* One attempt. In the paste mode, too, Ctrl-C leads back to the prompt. */
static Search
try_raw (Talk *self, GError **error)
{
  gint64 end = MIN (self->end, jmp_serial_now (self->serial) + ATTEMPT_MS * 1000);

  if (!tell (self, INTERRUPT, strlen (INTERRUPT), error) || drain (self, error) == FAILED
      || !tell (self, ENTER_RAW, strlen (ENTER_RAW), error))
    return FAILED;
  return await_prompt (self, end, error);
}

static gboolean
enter_raw (Talk *self, GError **error)
{
  Search search;

  do
    search = try_raw (self, error);
  while (search == LATE && jmp_serial_now (self->serial) < self->end);
  if (search == LATE && !self->heard)
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_TIMED_OUT,
                 "the board's console did not answer within %u ms",
                 self->limit_ms);
  else if (search == LATE)
    g_set_error (
        error,
        JMP_ERROR,
        JMP_ERROR_PROTOCOL,
        "the board's console gave no raw REPL within %u ms: its program does not stop, or is "
        "not MicroPython",
        self->limit_ms);
  return search == FOUND;
}

/* Whether it worked is not asked: it is the last that can be done. */
static void
leave_raw (Talk *self)
{
  jmp_serial_write (
      self->serial, (const guint8 *)LEAVE_RAW, strlen (LEAVE_RAW), LEAVE_MS, NULL, NULL);
}

static gboolean
hear_more (Talk *self, GError **error)
{
  Search search = jmp_serial_now (self->serial) < self->end ? hear (self, self->end, error) : LATE;

  if (search == LATE)
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_TIMED_OUT,
                 "the board's console did not finish its answer within %u ms",
                 self->limit_ms);
  return search == FOUND;
}

/* Takes what comes up to Ctrl-D. */
static char *
take_answer (Talk *self, GError **error)
{
  for (;;) {
    const char *at = memchr (self->pending->str, END, self->pending->len);
    g_autofree char *text = NULL;

    if (at != NULL) {
      text = g_strndup (self->pending->str, (gsize)(at - self->pending->str));
      g_string_erase (self->pending, 0, at - self->pending->str + 1);
      return g_steal_pointer (&text);
    }
    if (self->pending->len > JMP_RUNNING_MAX_ANSWER) {
      g_set_error_literal (error,
                           JMP_ERROR,
                           JMP_ERROR_PROTOCOL,
                           "the board's console says more than it was asked for");
      return NULL;
    }
    if (!hear_more (self, error))
      return NULL;
  }
}

static gboolean
take_ok (Talk *self, GError **error)
{
  while (self->pending->len < 2)
    if (!hear_more (self, error))
      return FALSE;
  if (!g_str_has_prefix (self->pending->str, "OK")) {
    g_set_error_literal (
        error, JMP_ERROR, JMP_ERROR_PROTOCOL, "the board's console did not take the code");
    return FALSE;
  }
  g_string_erase (self->pending, 0, 2);
  return TRUE;
}

/* Sends @code to the raw REPL, which answers "OK", what was printed, and what went wrong. */
static gboolean
send_code (Talk *self, const char *code, GError **error)
{
  static const char end = END;

  return tell (self, code, strlen (code), error) && tell (self, &end, 1, error)
         && take_ok (self, error);
}

/* The last line of a traceback: what went wrong. */
static void
set_exception (GError **error, char *traceback)
{
  g_autofree char *valid = g_utf8_make_valid (g_strchomp (traceback), -1);
  const char *last = strrchr (valid, '\n');

  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_NOT_SUPPORTED,
               "the board's program: %.200s",
               last != NULL ? last + 1 : valid);
}

static JmpRunning *
ask (Talk *self, GError **error)
{
  g_autofree char *out = NULL;
  g_autofree char *trouble = NULL;

  if (!send_code (self, jmp_running_code (), error))
    return NULL;
  out = take_answer (self, error);
  if (out != NULL)
    trouble = take_answer (self, error);
  return trouble != NULL ? jmp_running_parse (out, strlen (out), error) : NULL;
}

/**
 * jmp_console_read:
 * @serial: the console of a board that runs its program
 * @limit_ms: how long everything may take, in milliseconds: %JMP_CONSOLE_LIMIT_MS
 * @cancellable: (nullable): ends it
 * @error: (out) (optional): errors of serial.h; %JMP_ERROR_TIMED_OUT when the board says nothing,
 *   %JMP_ERROR_PROTOCOL when what it says makes no sense: another program than MicroPython, or one that
 *   cannot be interrupted
 *
 * Asks what the board runs ("The raw REPL mode" of MicroPython's documentation). See console.h for what
 * that does to the program that runs.
 *
 * Returns: (transfer full): what runs, or %NULL
 */
JmpRunning *
jmp_console_read (JmpSerial *serial, guint limit_ms, GCancellable *cancellable, GError **error)
{
  Talk self = talk_new (serial, limit_ms, cancellable);
  JmpRunning *running = NULL;

  if (enter_raw (&self, error))
    running = ask (&self, error);
  leave_raw (&self);
  g_string_free (self.pending, TRUE);
  return running;
}

/* Until the port goes; an answer means that the board does not. */
static gboolean
await_end (Talk *self, GError **error)
{
  g_autofree char *out = take_answer (self, error);
  g_autofree char *trouble = out != NULL ? take_answer (self, error) : NULL;

  if (trouble != NULL && *trouble != '\0')
    set_exception (error, trouble);
  else if (trouble != NULL)
    g_set_error_literal (
        error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "the board's program did not restart the board");
  return FALSE;
}

static gboolean
restart (Talk *self, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (send_code (self, RESTART_CODE, &problem))
    await_end (self, &problem);
  if (g_error_matches (problem, JMP_ERROR, JMP_ERROR_DISCONNECTED))
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

/**
 * jmp_console_restart:
 * @serial: the console of a board that runs its program
 * @limit_ms: how long everything may take, in milliseconds: %JMP_CONSOLE_LIMIT_MS
 * @cancellable: (nullable): ends it
 * @error: (out) (optional): as jmp_console_read(); %JMP_ERROR_NOT_SUPPORTED when the firmware cannot do
 *   it
 *
 * Sends the board into DFU mode with machine.bootloader(), without a jumper. The port goes away, which is
 * the answer; that the board has arrived is known when it is seen in DFU mode at the same USB port, or with
 * the same serial number: wait for that.
 *
 * Returns: whether the board went
 */
gboolean
jmp_console_restart (JmpSerial *serial, guint limit_ms, GCancellable *cancellable, GError **error)
{
  Talk self = talk_new (serial, limit_ms, cancellable);
  gboolean gone = enter_raw (&self, error) && restart (&self, error);

  if (!gone)
    leave_raw (&self);
  g_string_free (self.pending, TRUE);
  return gone;
}
