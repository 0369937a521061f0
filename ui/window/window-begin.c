/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "virtual/board.h"
#include "window/window-private.h"
#include "words/words-practice.h"

#include <glib/gi18n-lib.h>

/* The window comes before its pages, and what is plugged in is known moments later. Where that takes
 * longer, the way is shown meanwhile. */
#define FIRST_LOOK_MS 400

/* What many people have at once, the rest one step away. */
static void
fill_practice_menu (JmpWindow *self)
{
  const char *const *kinds = jmp_virtual_board_kinds ();
  g_autoptr (GMenu) more = g_menu_new ();

  for (guint i = 0; kinds[i] != NULL; i++) {
    g_autoptr (GMenuItem) item = g_menu_item_new (jmp_words_practice (kinds[i]), NULL);

    g_menu_item_set_action_and_target (item, "app.practice", "s", kinds[i]);
    g_menu_append_item (jmp_words_practice_is_usual (kinds[i]) ? self->practice_section : more,
                        item);
  }
  g_menu_append_submenu (self->practice_section, _ ("_More Practice Boards"), G_MENU_MODEL (more));
}

/* Nothing is said of boards before it is known. */
static void
show_first_page (JmpWindow *self)
{
  gtk_widget_set_visible (self->no_boards, TRUE);
  if (gtk_stack_get_visible_child (self->pages_stack) == NULL)
    jmp_window_show_page (self, NULL);
}

static void
looked_cb (JmpWindow *self)
{
  if (!self->drawn)
    return;
  g_clear_handle_id (&self->first_look, g_source_remove);
  show_first_page (self);
}

static gboolean
first_look_takes_long_cb (gpointer user_data)
{
  JmpWindow *self = user_data;

  self->first_look = 0;
  show_first_page (self);
  return G_SOURCE_REMOVE;
}

/* A menu is made of widgets as soon as its button has it. */
static gboolean
fill_menus_cb (gpointer user_data)
{
  JmpWindow *self = user_data;

  self->first_frame = 0;
  fill_practice_menu (self);
  gtk_menu_button_set_menu_model (self->add_button, self->add_menu);
  gtk_menu_button_set_menu_model (self->main_button, self->main_menu);
  return G_SOURCE_REMOVE;
}

static gboolean
drawn_cb (gpointer user_data)
{
  JmpWindow *self = user_data;

  self->first_frame = g_idle_add (fill_menus_cb, self);
  jmp_window_drawn (self);
  if (jmp_monitor_is_looking (self->monitor))
    self->first_look = g_timeout_add (FIRST_LOOK_MS, first_look_takes_long_cb, self);
  else
    looked_cb (self);
  return G_SOURCE_REMOVE;
}

static void
after_paint_cb (JmpWindow *self, GdkFrameClock *clock)
{
  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;
  g_signal_handlers_disconnect_by_func (clock, after_paint_cb, self);
  self->first_frame = g_idle_add_full (G_PRIORITY_DEFAULT, drawn_cb, self, NULL);
}

static void
realize_cb (JmpWindow *self)
{
  if (self->drawn)
    return;
  g_signal_connect_object (gtk_widget_get_frame_clock (GTK_WIDGET (self)),
                           "after-paint",
                           G_CALLBACK (after_paint_cb),
                           self,
                           G_CONNECT_SWAPPED);
}

/* Waits for the first frame, and then for the first look at what is plugged in. */
void
jmp_window_begin (JmpWindow *self)
{
  g_signal_connect (self, "realize", G_CALLBACK (realize_cb), NULL);
  g_signal_connect_object (
      self->monitor, "looked", G_CALLBACK (looked_cb), self, G_CONNECT_SWAPPED);
}
