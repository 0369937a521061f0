/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "board/firmware-view.h"
#include "board/main-bar.h"
#include "device/practice.h"
#include "draw/resource.h"
#include "releases/ask.h"
#include "releases/kind-window.h"
#include "releases/name-button.h"
#include "releases/offer.h"
#include "releases/versions-window.h"
#include "session/consent.h"
#include "widget-kit.h"

#include <adwaita.h>

typedef struct {
  KitBoard *kit;
  JmpSession *session;
  GtkWidget *window;
} Desk;

static Desk *
desk_new (gboolean knows_board)
{
  Desk *self = g_new0 (Desk, 1);
  GtkWidget *page = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *view = g_object_new (JMP_TYPE_FIRMWARE_VIEW, NULL);
  GtkWidget *bar = g_object_new (JMP_TYPE_MAIN_BAR, NULL);

  self->kit = kit_board_new (",serial=3254335D3037");
  self->session = jmp_session_new (self->kit->device, NULL);
  jmp_session_set_knowledge (self->session, kit_library (), NULL);
  if (knows_board)
    jmp_session_set_board (
        self->session,
        jmp_catalogue_find_board (jmp_library_get_catalogue (kit_library ()), "PYBV11"),
        NULL);
  jmp_firmware_view_set_session (JMP_FIRMWARE_VIEW (view), self->session);
  jmp_main_bar_set_session (JMP_MAIN_BAR (bar), self->session);
  gtk_box_append (GTK_BOX (page), view);
  gtk_box_append (GTK_BOX (page), bar);
  self->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (self->window), page);
  gtk_window_present (GTK_WINDOW (self->window));
  kit_settle ();
  return self;
}

static gboolean
is_gone (gpointer user_data)
{
  return *(gpointer *)user_data == NULL;
}

static void
drop_window (GtkWidget *window)
{
  gpointer alive = window;

  g_object_add_weak_pointer (G_OBJECT (window), &alive);
  gtk_window_destroy (GTK_WINDOW (window));
  kit_wait (is_gone, &alive);
}

static gboolean
is_quiet (gpointer session)
{
  JmpOffer *offer = jmp_offer_get (session);

  return !jmp_offer_is_looking (offer) && jmp_session_get_state (session) != JMP_SESSION_READING;
}

static void
desk_free (Desk *self)
{
  kit_wait (is_quiet, self->session);
  drop_window (self->window);
  kit_assert_finalized (self->session);
  kit_board_free (self->kit);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Desk, desk_free)

static gboolean
has_choice (gpointer session)
{
  return jmp_session_get_loader (session) != NULL;
}

static void
test_releases_ask_which_board_it_is (void **state)
{
  g_autoptr (Desk) desk = desk_new (FALSE);

  assert_true (kit_shows (desk->window, "Which Board Is This?"));
  assert_true (kit_shows (desk->window, "boards look like this one."));
  assert_true (kit_shows (desk->window, "No Firmware Chosen"));
  kit_assert_named (desk->window);
}

static void
test_releases_offer_the_newest (void **state)
{
  g_autoptr (Desk) desk = desk_new (TRUE);

  kit_wait (has_choice, desk->session);
  kit_settle ();
  assert_false (kit_shows (desk->window, "Which Board Is This?"));
  assert_true (kit_shows (desk->window, "MicroPython 1.29.0"));
  assert_true (kit_shows (desk->window, "2026-08-24 · to download"));
  assert_non_null (kit_find_button (desk->window, "_Install 1.29.0"));
  assert_int_equal (jmp_session_get_state (desk->session), JMP_SESSION_CHOSEN);
  kit_assert_named (desk->window);
}

static void
test_releases_kinds_are_listed (void **state)
{
  g_autoptr (Desk) desk = desk_new (FALSE);
  GtkWidget *window = jmp_kind_window_new (desk->session);

  gtk_window_present (GTK_WINDOW (window));
  kit_settle ();
  assert_true (kit_shows (window, "Looks Like This Board"));
  assert_true (kit_shows (window, "Pyboard v1.1"));
  assert_true (kit_can_press (window, "Read"));
  kit_assert_named (window);
  drop_window (window);
}

static gboolean
closed_or_told (gpointer user_data)
{
  GtkWidget **window = user_data;

  return *window == NULL || kit_shows (*window, "does not say which board it is");
}

/* The virtual pyboard has firmware that names it. */
static void
test_releases_a_board_is_read_when_the_person_wants_that (void **state)
{
  g_autoptr (Desk) desk = desk_new (FALSE);
  GtkWidget *window = jmp_kind_window_new (desk->session);

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *)&window);
  gtk_window_present (GTK_WINDOW (window));
  kit_settle ();
  assert_null (jmp_session_get_board (desk->session));
  kit_press (window, "Read");
  kit_wait (closed_or_told, &window);
  assert_null (window);
  assert_string_equal (jmp_session_get_board (desk->session)->id, "PYBV11");
}

static void
test_releases_versions_are_listed (void **state)
{
  g_autoptr (Desk) desk = desk_new (TRUE);
  GtkWidget *window;

  kit_wait (has_choice, desk->session);
  jmp_session_set_seen (desk->session, &(JmpEvidence){ .version = "1.29.0" });
  window = jmp_versions_window_new (desk->session);
  gtk_window_present (GTK_WINDOW (window));
  kit_settle ();
  assert_true (kit_shows (window, "Standard Firmware"));
  assert_true (kit_shows (window, "More exact numbers"));
  assert_true (kit_shows (window, "MicroPython 1.28.0"));
  assert_true (kit_shows (window, "on the board"));
  assert_true (kit_shows (window, "downgrade"));
  kit_assert_named (window);
  drop_window (window);
}

static void
test_releases_name_button_comes_and_goes (void **state)
{
  g_autoptr (Desk) desk = desk_new (FALSE);
  GtkWidget *button = g_object_ref_sink (g_object_new (JMP_TYPE_NAME_BUTTON, NULL));

  jmp_name_button_set_session (JMP_NAME_BUTTON (button), desk->session);
  kit_assert_finalized (button);
}

/* --- What has to be agreed to --- */

static GtkWidget *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++) {
    g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

    if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_mapped (window))
      return window;
  }
  return NULL;
}

static void
open_file (Desk *desk, const KitFirmware *firmware)
{
  g_autoptr (GFile) file = kit_firmware_file (firmware, "firmware.dfu");

  assert_true (jmp_session_open_file (desk->session, file));
  kit_wait_for_state (desk->session, JMP_SESSION_READY);
}

static GtkWidget *
find_switch (GtkWidget *root)
{
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child)) {
    GtkWidget *found = GTK_IS_SWITCH (child) ? child : find_switch (child);

    if (found != NULL)
      return found;
  }
  return NULL;
}

static void
set_switch (GtkWidget *root, gboolean active)
{
  GtkWidget *found = find_switch (root);

  assert_non_null (found);
  gtk_switch_set_active (GTK_SWITCH (found), active);
}

static void
test_releases_ask_before_files_are_lost (void **state)
{
  const KitFirmware large = { 0x08000000, 0x5000, 0x0483, 0xdf11, TRUE };
  g_autoptr (Desk) desk = desk_new (TRUE);
  g_autoptr (JmpBackupStore) store = jmp_backup_store_new (NULL);
  GtkWidget *dialog;

  jmp_session_set_store (desk->session, store, FALSE);
  open_file (desk, &large);
  assert_true (jmp_session_get_backup_first (desk->session));
  assert_true (jmp_consent_is_needed (desk->session));
  assert_true (jmp_session_begin (desk->session));
  kit_settle ();
  dialog = find_dialog ();
  assert_non_null (dialog);
  assert_true (kit_shows (dialog, "Overwrite Your Files?"));
  assert_true (kit_shows (dialog,
                          "Your files in PYBFLASH will be overwritten. They are kept in a backup "
                          "first."));
  assert_true (kit_shows (dialog, "Make a Backup First"));
  /* what it says follows the switch */
  set_switch (dialog, FALSE);
  assert_true (kit_shows (dialog,
                          "Your files in PYBFLASH will be overwritten. No backup of them is made "
                          "now."));
  assert_false (kit_shows (dialog, "They are kept in a backup first."));
  set_switch (dialog, TRUE);
  assert_true (kit_shows (dialog, "They are kept in a backup first."));
  assert_null (jmp_session_get_job (desk->session));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  gtk_window_destroy (GTK_WINDOW (dialog));
  assert_int_equal (jmp_session_get_state (desk->session), JMP_SESSION_READY);

  assert_true (jmp_session_begin (desk->session));
  kit_settle ();
  dialog = find_dialog ();
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "accept");
  gtk_window_destroy (GTK_WINDOW (dialog));
  kit_wait_for_state (desk->session, JMP_SESSION_SUCCEEDED);
  assert_true (kit_board_holds (desk->kit, &large));
}

static void
test_releases_ask_which_place (void **state)
{
  g_autoptr (JmpDevice) device = jmp_practice_device_parse ("virtual:bluepill,speed=0", NULL);
  JmpSession *session = jmp_session_new (device, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_take (g_malloc0 (4000), 4000);
  g_autoptr (GFile) file = kit_file ("plain.bin", g_bytes_get_data (bytes, NULL), 4000);
  GtkWidget *dialog;
  GtkWidget *list;

  assert_true (jmp_session_open_file (session, file));
  kit_wait_for_state (session, JMP_SESSION_BAD_FIRMWARE);
  jmp_session_set_address (session, 0);
  kit_wait_for_state (session, JMP_SESSION_BAD_FIRMWARE);
  assert_true (jmp_session_wants_place (session));
  jmp_ask_for_place (NULL, session);
  kit_settle ();
  dialog = find_dialog ();
  assert_true (kit_shows (dialog, "Where Does This File Belong?"));
  assert_true (kit_shows (dialog, "STM32duino bootloader v1.0  Upload to Flash 0x8002000"));
  kit_assert_named (dialog);
  /* none is suggested */
  assert_false (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "accept"));
  list = adw_message_dialog_get_extra_child (ADW_MESSAGE_DIALOG (dialog));
  gtk_widget_activate (gtk_widget_get_last_child (list));
  kit_settle ();
  assert_true (adw_message_dialog_get_response_enabled (ADW_MESSAGE_DIALOG (dialog), "accept"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "accept");
  gtk_window_destroy (GTK_WINDOW (dialog));
  assert_int_equal (jmp_session_get_state (session), JMP_SESSION_READY);
  kit_assert_finalized (session);
}

static void
test_releases_ask_nothing_where_all_is_kept (void **state)
{
  g_autoptr (Desk) desk = desk_new (TRUE);

  open_file (desk, &KIT_GOOD);
  assert_false (jmp_consent_is_needed (desk->session));
  assert_true (jmp_session_begin (desk->session));
  assert_null (find_dialog ());
  kit_wait_for_state (desk->session, JMP_SESSION_SUCCEEDED);
}

static void
test_releases_ask_where_bytes_belong (void **state)
{
  const guint8 bytes[] = { 1, 2, 3, 4, 5, 6, 7, 8 };
  g_autoptr (Desk) desk = desk_new (FALSE);
  g_autoptr (GFile) file = kit_file ("some.bin", bytes, sizeof bytes);
  GtkWidget *dialog;

  assert_true (jmp_session_open_file (desk->session, file));
  kit_wait_for_state (desk->session, JMP_SESSION_BAD_FIRMWARE);
  kit_settle ();
  assert_true (kit_shows (desk->window, "Where Does This File Belong?"));
  kit_press (desk->window, "Enter Address…");
  kit_settle ();
  dialog = find_dialog ();
  assert_non_null (dialog);
  kit_assert_named (dialog);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "accept");
  gtk_window_destroy (GTK_WINDOW (dialog));
  kit_wait_for_state (desk->session, JMP_SESSION_READY);
  assert_int_equal (
      jmp_image_get_target (jmp_session_get_image (desk->session), 0)->segments[0].address,
      0x08000000);
}

static int
setup (void **state)
{
  jmp_resource_ensure ();
  adw_init ();
  /* No network for the sources of the catalogue: nobody listens there. */
  g_setenv ("https_proxy", "http://127.0.0.1:9", TRUE);
  return kit_make_folder (state);
}

int
main (int argc, char *argv[])
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_releases_ask_which_board_it_is),
    cmocka_unit_test (test_releases_offer_the_newest),
    cmocka_unit_test (test_releases_kinds_are_listed),
    cmocka_unit_test (test_releases_a_board_is_read_when_the_person_wants_that),
    cmocka_unit_test (test_releases_versions_are_listed),
    cmocka_unit_test (test_releases_name_button_comes_and_goes),
    cmocka_unit_test (test_releases_ask_before_files_are_lost),
    cmocka_unit_test (test_releases_ask_which_place),
    cmocka_unit_test (test_releases_ask_nothing_where_all_is_kept),
    cmocka_unit_test (test_releases_ask_where_bytes_belong),
  };

  gtk_test_init (&argc, &argv, NULL);
  return cmocka_run_group_tests_name ("ui/releases", tests, setup, kit_remove_folder);
}
