/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "jumperctl/device-choice.h"

#include "base/error.h"
#include "device/detach.h"
#include "device/identity.h"
#include "device/practice.h"
#include "jumperctl/running.h"
#include "jumperctl/wait.h"
#include "words/words.h"

#include <glib/gi18n.h>
#include <string.h>

#define MEMORY_KEY "ctl-memory"

/* One -d: what was typed, what it means, and the boards that it means. */
typedef struct {
  const char *text;
  JmpSelector *selector;
  GPtrArray *devices;
} Wish;

static void
wish_free (gpointer data)
{
  Wish *self = data;

  jmp_selector_free (self->selector);
  g_ptr_array_unref (self->devices);
  g_free (self);
}

static void
add_once (GPtrArray *devices, JmpDevice *device)
{
  if (!g_ptr_array_find (devices, device, NULL))
    g_ptr_array_add (devices, g_object_ref (device));
}

/* The whole name of the file in "virtual:KIND,flash=FILE", by which a practice board is known again. */
static char *
find_memory (const char *spec)
{
  const char *start = strstr (spec, ",flash=");
  g_autofree char *name = NULL;

  if (start == NULL)
    return NULL;
  start += strlen (",flash=");
  name = g_strndup (start, strcspn (start, ","));
  return g_canonicalize_filename (name, NULL);
}

/* A practice board is made for its -d, and is there at once. */
static Wish *
wish_new (const char *text, GError **error)
{
  g_autoptr (JmpSelector) selector = jmp_selector_parse (text, error);
  g_autoptr (JmpDevice) practice = NULL;
  Wish *self;

  if (selector == NULL)
    return NULL;
  if (selector->kind == JMP_SELECT_VIRTUAL) {
    practice = jmp_practice_device_parse (text, error);
    if (practice == NULL)
      return NULL;
    g_object_set_data_full (G_OBJECT (practice), MEMORY_KEY, find_memory (text), g_free);
  }
  self = g_new0 (Wish, 1);
  self->text = text;
  self->selector = g_steal_pointer (&selector);
  self->devices = g_ptr_array_new_with_free_func (g_object_unref);
  if (practice != NULL)
    add_once (self->devices, practice);
  return self;
}

/* Every -d, in order; none without one. */
static GPtrArray *
read_wishes (const CtlOptions *options, GError **error)
{
  g_autoptr (GPtrArray) wishes = g_ptr_array_new_with_free_func (wish_free);

  for (char **text = options->devices; text != NULL && *text != NULL; text++) {
    Wish *wish = wish_new (*text, error);

    if (wish == NULL)
      return NULL;
    g_ptr_array_add (wishes, wish);
  }
  return g_steal_pointer (&wishes);
}

static gboolean
is_granted (const Wish *wish, GPtrArray *plugged)
{
  for (guint i = 0; i < plugged->len; i++) {
    JmpDevice *device = g_ptr_array_index (plugged, i);

    if (jmp_device_get_mode (device) == JMP_DEVICE_DFU
        && jmp_selector_matches (wish->selector, device))
      return TRUE;
  }
  return wish->selector->kind == JMP_SELECT_VIRTUAL;
}

/* Whether every wish has a board that can be used. */
static gboolean
are_granted (GPtrArray *plugged, gpointer user_data)
{
  GPtrArray *wishes = user_data;

  for (guint i = 0; i < wishes->len; i++) {
    if (!is_granted (g_ptr_array_index (wishes, i), plugged))
      return FALSE;
  }
  return wishes->len > 0 || ctl_has_usable (plugged);
}

static gboolean
needs_bus (GPtrArray *wishes)
{
  for (guint i = 0; i < wishes->len; i++) {
    if (((Wish *)g_ptr_array_index (wishes, i))->selector->kind != JMP_SELECT_VIRTUAL)
      return TRUE;
  }
  return wishes->len == 0;
}

/* Finds what is plugged in, gives each wish its boards, and returns all that are meant. */
static GPtrArray *
find_candidates (CtlSession *session, GPtrArray *wishes, GError **error)
{
  g_autoptr (GPtrArray) plugged = NULL;
  g_autoptr (GPtrArray) chosen = g_ptr_array_new_with_free_func (g_object_unref);

  if (needs_bus (wishes))
    plugged = ctl_wait_for_boards (session, are_granted, wishes, error);
  else
    plugged = g_ptr_array_new ();
  if (plugged == NULL || wishes->len == 0)
    return g_steal_pointer (&plugged);
  for (guint w = 0; w < wishes->len; w++) {
    Wish *wish = g_ptr_array_index (wishes, w);

    for (guint i = 0; i < plugged->len; i++) {
      JmpDevice *device = g_ptr_array_index (plugged, i);

      if (jmp_selector_matches (wish->selector, device))
        add_once (wish->devices, device);
    }
    for (guint i = 0; i < wish->devices->len; i++)
      add_once (chosen, g_ptr_array_index (wish->devices, i));
  }
  return g_steal_pointer (&chosen);
}

/* Why none of @devices can be used: the reason of the first that is in DFU mode, or that none is. */
static void
explain_none (GPtrArray *devices, GError **error)
{
  for (guint i = 0; i < devices->len; i++) {
    JmpDevice *device = g_ptr_array_index (devices, i);

    if (jmp_device_get_mode (device) == JMP_DEVICE_UNUSABLE
        && jmp_device_get_problem (device) != NULL) {
      g_propagate_prefixed_error (error,
                                  g_error_copy (jmp_device_get_problem (device)),
                                  "%s: ",
                                  jmp_device_get_path (device));
      return;
    }
  }
  if (devices->len > 0)
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_NOT_FOUND,
                 "%s runs its program and is not in DFU mode",
                 jmp_device_get_path (g_ptr_array_index (devices, 0)));
  else
    g_set_error (error, JMP_ERROR, JMP_ERROR_NOT_FOUND, "no board in DFU mode is plugged in");
}

/**
 * ctl_pick_device:
 * @devices: (element-type JmpDevice): the boards that are meant
 * @out: (out) (transfer full): the one that can be used
 * @error: %JMP_ERROR_NOT_FOUND, %JMP_ERROR_SEVERAL, or the problem of a board that cannot be opened
 *
 * The board to work with: the only one that is usable.
 *
 * Returns: %FALSE with @error set where there is none, or more than one
 */
gboolean
ctl_pick_device (GPtrArray *devices, JmpDevice **out, GError **error)
{
  JmpDevice *found = NULL;
  guint n = 0;

  for (guint i = 0; i < devices->len; i++) {
    JmpDevice *device = g_ptr_array_index (devices, i);

    if (jmp_device_get_mode (device) == JMP_DEVICE_DFU) {
      found = device;
      n++;
    }
  }
  if (n == 1) {
    *out = g_object_ref (found);
    return TRUE;
  }
  if (n == 0)
    explain_none (devices, error);
  else
    g_set_error (error, JMP_ERROR, JMP_ERROR_SEVERAL, "%u boards could be meant", n);
  return FALSE;
}

static gboolean
not_found (GError **error, const char *names)
{
  g_set_error (error, JMP_ERROR, JMP_ERROR_NOT_FOUND, "no board in DFU mode is %s", names);
  return FALSE;
}

/* A practice board that was restarted is another device, with the memory that it had. */
static void
keep_memory (GPtrArray *devices, JmpDevice *restarted)
{
  for (guint i = 0; i < devices->len; i++) {
    JmpDevice *device = g_ptr_array_index (devices, i);
    const char *memory = g_object_get_data (G_OBJECT (device), MEMORY_KEY);

    if (device != restarted && jmp_device_is_practice (restarted)
        && strcmp (jmp_device_get_path (device), jmp_device_get_path (restarted)) == 0)
      g_object_set_data_full (G_OBJECT (restarted), MEMORY_KEY, g_strdup (memory), g_free);
  }
}

/* Picks the one of @devices that can be used; where there are several, they are for the report. */
static gboolean
pick_one (CtlSession *session, GPtrArray *devices, JmpDevice **out, GError **error)
{
  g_autoptr (GError) problem = NULL;

  if (ctl_pick_device (devices, out, &problem))
    return TRUE;
  if (g_error_matches (problem, JMP_ERROR, JMP_ERROR_NOT_FOUND)) {
    g_autoptr (GError) failure = NULL;

    if (ctl_running_pick (session, devices, out, &failure)) {
      keep_memory (devices, *out);
      return TRUE;
    }
    if (failure != NULL) {
      g_clear_error (&problem);
      problem = g_steal_pointer (&failure);
    }
  }
  if (g_error_matches (problem, JMP_ERROR, JMP_ERROR_SEVERAL))
    session->candidates = g_ptr_array_ref (devices);
  g_propagate_error (error, g_steal_pointer (&problem));
  return FALSE;
}

static CtlBoard *
add_board (CtlSession *session, JmpDevice *device)
{
  CtlBoard *board = ctl_session_add_board (session, device);

  board->memory = g_strdup (g_object_get_data (G_OBJECT (device), MEMORY_KEY));
  return board;
}

/**
 * ctl_choose_device:
 * @session: a session
 * @error: as ctl_pick_device(), %JMP_ERROR_USAGE, or why USB cannot be used
 *
 * Chooses the board that the command line means; with --wait, once it is there. With several, nothing
 * is chosen and the session keeps them for the report.
 *
 * Returns: %FALSE with @error set where no board was chosen
 */
gboolean
ctl_choose_device (CtlSession *session, GError **error)
{
  g_autoptr (GPtrArray) wishes = read_wishes (&session->options, error);
  g_autoptr (GPtrArray) devices = NULL;
  g_autoptr (JmpDevice) device = NULL;

  if (wishes != NULL)
    devices = find_candidates (session, wishes, error);
  if (devices == NULL)
    return FALSE;
  session->board_found = devices->len > 0;
  if (devices->len == 0 && wishes->len > 0) {
    g_autofree char *names = g_strjoinv (", ", session->options.devices);

    return not_found (error, names);
  }
  if (!pick_one (session, devices, &device, error))
    return FALSE;
  add_board (session, device);
  return TRUE;
}

/* Adds every board of @devices that is in DFU mode; one that cannot be used has failed already. */
static gboolean
add_all (GPtrArray *devices, GPtrArray *chosen, GError **error)
{
  if (!ctl_has_usable (devices)) {
    explain_none (devices, error);
    return FALSE;
  }
  for (guint i = 0; i < devices->len; i++) {
    JmpDevice *device = g_ptr_array_index (devices, i);

    if (jmp_device_get_mode (device) == JMP_DEVICE_DFU
        || jmp_device_get_mode (device) == JMP_DEVICE_UNUSABLE)
      add_once (chosen, device);
  }
  return TRUE;
}

static gboolean
grant (CtlSession *session, const Wish *wish, GPtrArray *chosen, GError **error)
{
  g_autoptr (JmpDevice) device = NULL;

  if (wish->devices->len == 0)
    return not_found (error, wish->text);
  if (session->options.all)
    return add_all (wish->devices, chosen, error);
  if (!pick_one (session, wish->devices, &device, error)) {
    g_prefix_error (error, "%s: ", wish->text);
    return FALSE;
  }
  add_once (chosen, device);
  return TRUE;
}

/* Two boards with one memory would each undo what the other does. */
static gboolean
check_memories (CtlSession *session, GError **error)
{
  for (guint i = 0; i < session->boards->len; i++) {
    const CtlBoard *board = g_ptr_array_index (session->boards, i);

    for (guint other = 0; other < i; other++) {
      const CtlBoard *before = g_ptr_array_index (session->boards, other);

      if (board->memory != NULL && g_strcmp0 (board->memory, before->memory) == 0) {
        g_set_error (error,
                     JMP_ERROR,
                     JMP_ERROR_USAGE,
                     "two practice boards keep their memory in %s",
                     board->memory);
        return FALSE;
      }
    }
  }
  return TRUE;
}

/**
 * ctl_choose_devices:
 * @session: a session for several boards
 * @error: as ctl_choose_device()
 *
 * Chooses all boards that the command line means: each -d is one board, with --all as many as it
 * fits, and --all alone is every board. A board that --all finds and that cannot be used is chosen
 * with its problem as its error.
 *
 * Returns: %FALSE with @error set where one that is meant is not there, or it is not clear which
 */
gboolean
ctl_choose_devices (CtlSession *session, GError **error)
{
  g_autoptr (GPtrArray) wishes = read_wishes (&session->options, error);
  g_autoptr (GPtrArray) devices = NULL;
  g_autoptr (GPtrArray) chosen = g_ptr_array_new_with_free_func (g_object_unref);

  if (wishes != NULL)
    devices = find_candidates (session, wishes, error);
  if (devices == NULL)
    return FALSE;
  session->board_found = devices->len > 0;
  for (guint i = 0; i < wishes->len; i++) {
    if (!grant (session, g_ptr_array_index (wishes, i), chosen, error))
      return FALSE;
  }
  if (wishes->len == 0 && !add_all (devices, chosen, error))
    return FALSE;
  for (guint i = 0; i < chosen->len; i++) {
    CtlBoard *board = add_board (session, g_ptr_array_index (chosen, i));
    const GError *problem = jmp_device_get_problem (board->device);

    board->error = problem != NULL ? g_error_copy (problem) : NULL;
  }
  return check_memories (session, error);
}

static gboolean
serial_tells (JmpDevice *device, GPtrArray *among)
{
  const char *serial = jmp_device_get_serial (device);

  if (serial == NULL || !jmp_serial_is_unique (serial))
    return FALSE;
  for (guint i = 0; i < among->len; i++) {
    JmpDevice *other = g_ptr_array_index (among, i);

    if (other != device && g_strcmp0 (jmp_device_get_serial (other), serial) == 0)
      return FALSE;
  }
  return TRUE;
}

/**
 * ctl_device_selector:
 * @device: a board
 * @among: (element-type JmpDevice): all boards
 *
 * What to write behind -d to mean this board and no other.
 *
 * Returns: (transfer full): the text
 */
char *
ctl_device_selector (JmpDevice *device, GPtrArray *among)
{
  if (jmp_device_is_practice (device))
    return g_strdup (jmp_device_get_path (device));
  if (serial_tells (device, among))
    return g_strconcat ("serial:", jmp_device_get_serial (device), NULL);
  return g_strconcat ("path:", jmp_device_get_path (device), NULL);
}

/**
 * ctl_device_line:
 * @device: a board
 * @among: (element-type JmpDevice): all boards
 *
 * A board in one line: what to write behind -d, its name, where it is, and its state.
 *
 * Returns: (transfer full): the text
 */
char *
ctl_device_line (JmpDevice *device, GPtrArray *among)
{
  g_autofree char *selector = ctl_device_selector (device, among);
  g_autofree char *text = jmp_words_device (device);

  if (jmp_detach_is_possible (device))
    return g_strdup_printf (_ ("%-24s %s: %s (flash and backup restart it in DFU mode)"),
                            selector,
                            text,
                            jmp_words_mode (jmp_device_get_mode (device)));
  return g_strdup_printf (
      "%-24s %s: %s", selector, text, jmp_words_mode (jmp_device_get_mode (device)));
}
