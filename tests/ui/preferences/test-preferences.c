/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "draw/resource.h"
#include "preferences/preferences-window.h"
#include "preferences/settings.h"
#include "preferences/source-window.h"
#include "widget-kit.h"

static void
drop_window (GtkWidget *window)
{
  gpointer alive = window;

  g_object_add_weak_pointer (G_OBJECT (window), &alive);
  gtk_window_destroy (GTK_WINDOW (window));
  while (alive != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
shows (gpointer user_data)
{
  const gpointer *pair = user_data;

  return kit_shows (pair[0], pair[1]);
}

static void
wait_for_text (GtkWidget *window, const char *text)
{
  gpointer pair[] = { window, (gpointer)text };

  kit_wait (shows, pair);
}

static GtkWidget *
open_preferences (void)
{
  GtkWidget *window = jmp_preferences_window_new (kit_library ());

  gtk_window_present (GTK_WINDOW (window));
  kit_settle ();
  return window;
}

static void
test_preferences_show_what_there_is (void **state)
{
  GtkWidget *window = open_preferences ();

  assert_true (kit_shows (window, "Look for New Firmware by Itself"));
  assert_true (kit_shows (window, "Your Own Sources"));
  wait_for_text (window, "Nothing is kept.");
  assert_false (kit_can_press (window, "Clear…"));
  kit_assert_named (window);
  drop_window (window);
}

static void
test_preferences_do_without_a_library (void **state)
{
  GtkWidget *window = jmp_preferences_window_new (NULL);

  gtk_window_present (GTK_WINDOW (window));
  kit_settle ();
  assert_false (kit_can_press (window, "Clear…"));
  drop_window (window);
}

static JmpSource *
make_source (const char *id, const char *url)
{
  return jmp_source_new (
      &(JmpSource){
          .id = (char *)id, .kind = JMP_SOURCE_FOLDER, .url = (char *)url, .personal = TRUE },
      NULL);
}

static void
write_one (const char *id)
{
  g_autoptr (GPtrArray) sources = g_ptr_array_new_with_free_func ((GDestroyNotify)jmp_source_unref);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (sources, make_source (id, "file:///tmp/firmware"));
  assert_true (jmp_library_write_sources (kit_library (), sources, &error));
  assert_no_error (error);
}

static void
test_preferences_list_and_remove_sources (void **state)
{
  GtkWidget *window;
  g_autoptr (GPtrArray) left = NULL;

  write_one ("mine");
  window = open_preferences ();
  assert_true (kit_shows (window, "mine"));
  assert_true (kit_shows (window, "Folder of this computer · file:///tmp/firmware"));
  kit_assert_named (window);
  drop_window (window);
  left = jmp_library_dup_sources (kit_library ());
  assert_int_equal (left->len, 1);
}

static void
count_made_cb (JmpSourceWindow *window, JmpSource *source, JmpSource **out)
{
  *out = jmp_source_ref (source);
}

static void
test_preferences_check_a_source_while_it_is_typed (void **state)
{
  const struct {
    const char *name;
    const char *url;
    const char *board;
    gboolean good;
  } rows[] = {
    { "folder", "/tmp/firmware", "", TRUE },
    { "folder", "file:///tmp/firmware", "PYBV11", TRUE },
    { "two words", "/tmp/firmware", "", FALSE },
    { "folder", "https://example.org/", "", FALSE },
    { "folder", "/tmp/firmware", "NO_SUCH_BOARD", FALSE },
    { "micropython", "/tmp/firmware", "", FALSE },
    { "taken", "/tmp/firmware", "", FALSE },
    { "", "", "", FALSE },
  };
  g_autoptr (GPtrArray) others = g_ptr_array_new_with_free_func ((GDestroyNotify)jmp_source_unref);

  g_ptr_array_add (others, make_source ("taken", "file:///tmp/other"));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (JmpSource)
        old = make_source (*rows[i].name != '\0' && rows[i].good ? "old" : "older", "file:///old");
    JmpSource *made = NULL;
    GtkWidget *window = jmp_source_window_new (
        old, jmp_library_get_catalogue (kit_library ()), others);

    print_message ("  %s, %s, %s\n", rows[i].name, rows[i].url, rows[i].board);
    gtk_window_present (GTK_WINDOW (window));
    kit_settle ();
    kit_assert_named (window);
    g_signal_connect (window, "made", G_CALLBACK (count_made_cb), &made);
    jmp_source_window_type (JMP_SOURCE_WINDOW (window), rows[i].name, rows[i].url, rows[i].board);
    assert_int_equal (kit_can_press (window, "_Save"), rows[i].good);
    if (!rows[i].good) {
      drop_window (window);
      continue;
    }
    g_object_add_weak_pointer (G_OBJECT (window), (gpointer *)&window);
    kit_press (window, "_Save");
    while (window != NULL)
      g_main_context_iteration (NULL, TRUE);
    assert_non_null (made);
    assert_string_equal (made->id, rows[i].name);
    assert_string_equal (made->url, "file:///tmp/firmware");
    jmp_source_unref (made);
  }
}

static int
setup (void **state)
{
  jmp_resource_ensure ();
  adw_init ();
  return kit_make_folder (state);
}

int
main (int argc, char *argv[])
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_preferences_show_what_there_is),
    cmocka_unit_test (test_preferences_do_without_a_library),
    cmocka_unit_test (test_preferences_list_and_remove_sources),
    cmocka_unit_test (test_preferences_check_a_source_while_it_is_typed),
  };

  gtk_test_init (&argc, &argv, NULL);
  return cmocka_run_group_tests_name ("ui/preferences", tests, setup, kit_remove_folder);
}
