/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The work on one board, and its end. */

#include "assert-text.h"

#include "studio.h"

#define SERIAL ",serial=3254335D3037"

/* Each of them asks for this picture in the middle of the work. */
typedef struct {
  Studio *studio;
  const char *name;
  KitMoment moment;
} Shot;

/* How long what is said of the speed may stand before it is said anew. */
#define SAID_FOR_CALMS 8

static void
take_hand (gpointer user_data)
{
  const Shot *shot = user_data;

  studio_take (shot->name, shot->studio->widget);
}

/* One step before, so that with the next one all that is said is true. */
static void
pause_hand (gpointer user_data)
{
  const Shot *shot = user_data;
  KitBoard *kit = g_ptr_array_index (shot->studio->kits, 0);
  const gboolean written = kit->written;

  for (guint i = 0; i < SAID_FOR_CALMS; i++)
    studio_calm ();
  kit_board_at (kit, shot->moment, take_hand, user_data);
  kit->written = written;
}

static Studio *
new_ready (void)
{
  Studio *studio = studio_new (NULL);

  studio_plug (studio, "1-4", SERIAL);
  studio_is_pyboard (studio);
  jmp_session_set_backup_first (studio->window->current, FALSE);
  studio_open_firmware (studio, JMP_SESSION_READY);
  return studio;
}

static KitBoard *
board_of (Studio *studio)
{
  return g_ptr_array_index (studio->kits, 0);
}

static gboolean
is_finished (gpointer session)
{
  return jmp_session_is_finished (session);
}

static void
finish (Studio *studio, JmpSessionState state)
{
  studio_act (studio, "win.start");
  kit_wait_for_state (studio->window->current, state);
  studio_calm ();
}

static void
paint_phases (void)
{
  const struct {
    const char *name;
    KitMoment moment;
    guint skip;
  } rows[] = {
    { "work-compare", KIT_COMPARE, 3 },
    { "work-erase", KIT_ERASE, 2 },
    { "work-write", KIT_WRITE, 90 },
    { "work-verify", KIT_VERIFY, 90 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (Studio) studio = NULL;
    Shot shot = { NULL, rows[i].name, rows[i].moment };

    if (!studio_wants (rows[i].name))
      continue;
    shot.studio = studio = new_ready ();
    kit_board_after (board_of (studio), rows[i].moment, rows[i].skip, pause_hand, &shot);
    finish (studio, JMP_SESSION_SUCCEEDED);
  }
}

static void
question_hand (gpointer user_data)
{
  Studio *studio = user_data;

  gtk_widget_activate_action (studio->widget, "win.escape", NULL);
  studio_calm ();
  studio_take ("question-stop", GTK_WIDGET (studio->window->dialog));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (studio->window->dialog), "keep");
  gtk_window_close (GTK_WINDOW (studio->window));
  studio_calm ();
  studio_take ("question-close", GTK_WIDGET (studio->window->dialog));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (studio->window->dialog), "keep");
}

static void
paint_questions (void)
{
  g_autoptr (Studio) studio = new_ready ();

  kit_board_after (board_of (studio), KIT_WRITE, 60, question_hand, studio);
  finish (studio, JMP_SESSION_SUCCEEDED);
}

static void
paint_success (void)
{
  g_autoptr (Studio) studio = new_ready ();

  finish (studio, JMP_SESSION_SUCCEEDED);
  studio_take ("result-success", studio->widget);
  studio_act (studio, "win.done");
  studio_take ("result-dismissed", studio->widget);
  kit_board_plug (board_of (studio));
  studio_calm ();
  finish (studio, JMP_SESSION_SUCCEEDED);
  studio_take ("result-nothing", studio->widget);
}

static void
unplug_hand (gpointer user_data)
{
  kit_board_unplug (user_data);
}

static void
paint_unplugged (void)
{
  g_autoptr (Studio) studio = new_ready ();

  kit_board_after (board_of (studio), KIT_WRITE, 60, unplug_hand, board_of (studio));
  finish (studio, JMP_SESSION_WAITING);
  studio_take ("work-unplugged", studio->widget);
  studio_act (studio, "win.stop");
  kit_wait_for_state (studio->window->current, JMP_SESSION_STOPPED);
  studio_take ("result-stopped", studio->widget);
}

static void
paint_failure (void)
{
  g_autoptr (Studio) studio = new_ready ();

  jmp_virtual_board_protect_sector (board_of (studio)->board, 0, 0x08040000);
  finish (studio, JMP_SESSION_FAILED);
  studio_take ("result-failed", studio->widget);
}

static void
spoil_hand (gpointer user_data)
{
  KitBoard *kit = user_data;
  const guint8 wrong[] = { 0xDE, 0xAD };

  jmp_virtual_board_poke (kit->board, 0, 0x08050010, wrong, sizeof wrong);
}

static void
paint_difference (void)
{
  g_autoptr (Studio) studio = new_ready ();

  kit_board_after (board_of (studio), KIT_VERIFY, 1, spoil_hand, board_of (studio));
  studio_act (studio, "win.start");
  kit_wait (is_finished, studio->window->current);
  studio_take ("result-differs", studio->widget);
}

const Scene WORK_SCENES[] = {
  { "work-compare", paint_phases },
  { "work-erase", paint_phases },
  { "work-write", paint_phases },
  { "work-verify", paint_phases },
  { "question", paint_questions },
  { "result-success", paint_success },
  { "result-dismissed", paint_success },
  { "result-nothing", paint_success },
  { "work-unplugged", paint_unplugged },
  { "result-stopped", paint_unplugged },
  { "result-failed", paint_failure },
  { "result-differs", paint_difference },
  { NULL, NULL },
};
