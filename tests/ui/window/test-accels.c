/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "draw/resource.h"
#include "widget-kit.h"
#include "window/accels.h"

#include <adwaita.h>
#include <string.h>

/* What the window of shortcuts names: actions, or keys that no action has. */
static void
collect (GtkWidget *widget, GHashTable *actions, GHashTable *keys)
{
  if (GTK_IS_SHORTCUTS_SHORTCUT (widget)) {
    g_autofree char *action = NULL;
    g_autofree char *key = NULL;
    g_autofree char *title = NULL;

    g_object_get (widget, "action-name", &action, "accelerator", &key, "title", &title, NULL);
    assert_true (title != NULL && *title != '\0');
    if (action != NULL)
      g_hash_table_add (actions, g_steal_pointer (&action));
    else
      g_hash_table_add (keys, g_steal_pointer (&key));
  }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, actions, keys);
}

static gboolean
is_in_table (const char *action)
{
  guint n;
  const JmpAccel *accels = jmp_accels (&n);

  for (guint i = 0; i < n; i++) {
    if (g_str_equal (accels[i].action, action))
      return TRUE;
  }
  return FALSE;
}

static void
test_accels_are_all_in_the_shortcuts_window (void **state)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (JMP_RESOURCE ("shortcuts.ui"));
  g_autoptr (GHashTable) actions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GtkWidget *window = GTK_WIDGET (gtk_builder_get_object (builder, "help_overlay"));
  GHashTableIter iter;
  gpointer action;
  guint n;
  const JmpAccel *accels = jmp_accels (&n);

  collect (window, actions, keys);
  for (guint i = 0; i < n; i++) {
    if (!g_hash_table_contains (actions, accels[i].action))
      fail_msg ("%s has a key that nobody is told of", accels[i].action);
  }
  g_hash_table_iter_init (&iter, actions);
  while (g_hash_table_iter_next (&iter, &action, NULL)) {
    if (!is_in_table (action))
      fail_msg ("%s is told of, and has no key", (char *)action);
  }
  assert_true (g_hash_table_contains (keys, "F10"));
  assert_true (g_hash_table_contains (keys, "Escape"));
  gtk_window_destroy (GTK_WINDOW (window));
}

static void
test_accels_are_keys_and_each_does_one_thing (void **state)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  guint n;
  const JmpAccel *accels = jmp_accels (&n);

  for (guint i = 0; i < n; i++) {
    for (guint k = 0; accels[i].accels[k] != NULL; k++) {
      GdkModifierType modifiers;
      guint key;

      if (!gtk_accelerator_parse (accels[i].accels[k], &key, &modifiers))
        fail_msg ("%s is not a key", accels[i].accels[k]);
      if (!g_hash_table_add (seen, (gpointer)accels[i].accels[k]))
        fail_msg ("%s does two things", accels[i].accels[k]);
    }
  }
}

static int
setup (void **state)
{
  jmp_resource_ensure ();
  adw_init ();
  return 0;
}

int
main (int argc, char *argv[])
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_accels_are_all_in_the_shortcuts_window),
    cmocka_unit_test (test_accels_are_keys_and_each_does_one_thing),
  };

  gtk_test_init (&argc, &argv, NULL);
  return cmocka_run_group_tests_name ("ui/accels", tests, setup, NULL);
}
