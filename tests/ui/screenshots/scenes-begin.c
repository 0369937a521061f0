/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Before there is a board. */

#include "assert-text.h"

#include "studio.h"

#include "base/error.h"
#include "guide/board-picker.h"
#include "guide/guide-view.h"
#include "welcome/welcome.h"

#define LATE_SECONDS 60

static void
paint_welcome (void)
{
  const char *const names[] = { "welcome-1", "welcome-2", "welcome-3" };
  GtkWidget *window = jmp_welcome_new (NULL);

  studio_present (window);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    studio_take (names[i], window);
    gtk_widget_activate_action (window, "welcome.next", NULL);
  }
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
show_way_of (Studio *studio, const char *board)
{
  GtkWidget *guide = studio_find (studio->widget, JMP_TYPE_GUIDE_VIEW, 0);
  JmpCatalogue *catalogue = jmp_library_get_catalogue (studio_get_library ());

  jmp_guide_view_set_board (
      JMP_GUIDE_VIEW (guide), jmp_catalogue_find_board (catalogue, board), TRUE);
}

static void
paint_guide (void)
{
  g_autoptr (Studio) studio = studio_new (NULL);
  GtkWidget *guide = studio_find (studio->widget, JMP_TYPE_GUIDE_VIEW, 0);

  studio_take ("guide", studio->widget);
  jmp_guide_view_update_at (JMP_GUIDE_VIEW (guide),
                            g_get_monotonic_time () + LATE_SECONDS * G_USEC_PER_SEC);
  studio_take ("guide-late", studio->widget);
  gtk_widget_activate_action (GTK_WIDGET (studio->window->no_board), "guide.show-checklist", NULL);
  studio_take ("guide-checklist", studio->widget);
  gtk_widget_activate_action (GTK_WIDGET (studio->window->no_board), "guide.back", NULL);
  gtk_widget_activate_action (GTK_WIDGET (studio->window->no_board), "guide.choose-board", NULL);
  studio_take ("guide-picker", studio->widget);
  jmp_board_picker_search (
      JMP_BOARD_PICKER (studio_find (studio->widget, JMP_TYPE_BOARD_PICKER, 0)), "pyb");
  studio_take ("guide-picker-search", studio->widget);
}

static void
paint_ways (void)
{
  const struct {
    const char *name;
    const char *board;
  } rows[] = {
    { "guide-way-usr", "PYBD_SF6" },
    { "guide-way-boot0", "NUCLEO_F446RE" },
    { "guide-way-button", "WEACT_F411_BLACKPILL" },
  };
  g_autoptr (Studio) studio = studio_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    show_way_of (studio, rows[i].board);
    studio_take (rows[i].name, studio->widget);
  }
}

static void
paint_file_that_waits (void)
{
  g_autoptr (Studio) studio = studio_new (NULL);
  g_autoptr (GFile) file = studio_firmware ("PYBV11-20260824-v1.29.0.dfu", "1.29.0");

  jmp_window_open_file (studio->window, file);
  studio_take ("waiting-file", studio->widget);
}

static void
paint_no_usb (void)
{
  g_autoptr (GError)
      problem = g_error_new (JMP_ERROR, JMP_ERROR_FAILED, "libusb could not be started");
  g_autoptr (Studio) studio = studio_new (problem);

  studio_take ("no-usb", studio->widget);
}

static void
pop_up (Studio *studio, guint skip, const char *name)
{
  GtkWidget *button = studio_find (studio->widget, GTK_TYPE_MENU_BUTTON, skip);

  if (button == NULL)
    return;
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  studio_take (name, studio->widget);
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
  studio_calm ();
}

static void
paint_menus (void)
{
  g_autoptr (Studio) studio = studio_new (NULL);

  pop_up (studio, 0, "menu-1");
  pop_up (studio, 1, "menu-2");
  adw_leaflet_navigate (studio->window->leaflet, ADW_NAVIGATION_DIRECTION_BACK);
  studio_calm ();
  if (adw_leaflet_get_folded (studio->window->leaflet))
    pop_up (studio, 0, "menu-3");
}

const Scene BEGIN_SCENES[] = {
  { "welcome", paint_welcome },
  { "guide", paint_guide },
  { "guide-way", paint_ways },
  { "waiting-file", paint_file_that_waits },
  { "no-usb", paint_no_usb },
  { "menu", paint_menus },
  { NULL, NULL },
};
