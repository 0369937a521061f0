/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "draw/resource.h"
#include "welcome/welcome.h"
#include "widget-kit.h"

/* Without a window manager nothing else tells GTK of a swipe, so pages are turned by their buttons. */
static GtkWidget *
open_welcome (void)
{
  GtkWidget *window = jmp_welcome_new (NULL);

  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
  gtk_window_present (GTK_WINDOW (window));
  kit_settle ();
  return window;
}

static void
close_welcome (GtkWidget *window)
{
  g_object_ref (window);
  gtk_window_destroy (GTK_WINDOW (window));
  kit_assert_finalized (window);
}

static void
test_welcome_has_three_pages (void **state)
{
  GtkWidget *window = open_welcome ();

  assert_int_equal (jmp_welcome_get_page (JMP_WELCOME (window)), 0);
  assert_true (kit_can_press (window, "_Skip"));
  assert_false (kit_can_press (window, "_Back"));
  kit_assert_named (window);
  kit_assert_small (window);

  kit_press (window, "_Next");
  kit_settle ();
  assert_int_equal (jmp_welcome_get_page (JMP_WELCOME (window)), 1);
  assert_true (kit_can_press (window, "_Back"));
  kit_press (window, "_Next");
  kit_settle ();
  assert_int_equal (jmp_welcome_get_page (JMP_WELCOME (window)), 2);
  assert_true (kit_can_press (window, "_Get Started"));
  kit_assert_named (window);
  kit_press (window, "_Back");
  kit_settle ();
  assert_int_equal (jmp_welcome_get_page (JMP_WELCOME (window)), 1);
  close_welcome (window);
}

static void
test_welcome_is_turned_by_keys (void **state)
{
  GtkWidget *window = open_welcome ();

  gtk_widget_activate_action (window, "welcome.back", NULL);
  assert_int_equal (jmp_welcome_get_page (JMP_WELCOME (window)), 0);
  for (guint i = 0; i < 5; i++)
    gtk_widget_activate_action (window, "welcome.next", NULL);
  assert_int_equal (jmp_welcome_get_page (JMP_WELCOME (window)), 2);
  close_welcome (window);
}

/* What is read out is the page that can be seen. */
static void
test_welcome_focus_follows_the_page (void **state)
{
  GtkWidget *window = open_welcome ();
  g_autofree char *wrong = NULL;
  GtkWidget *focus;

  kit_press (window, "_Next");
  kit_settle ();
  focus = gtk_window_get_focus (GTK_WINDOW (window));
  assert_non_null (focus);
  wrong = gtk_test_accessible_check_property (
      GTK_ACCESSIBLE (focus), GTK_ACCESSIBLE_PROPERTY_LABEL, "See It Before It Happens");
  assert_null (wrong);
  close_welcome (window);
}

static gboolean
is_gone (gpointer user_data)
{
  return *(gpointer *)user_data == NULL;
}

static void
press_all (const char *const *labels)
{
  GtkWidget *window = open_welcome ();

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *)&window);
  for (; *labels != NULL; labels++) {
    kit_press (window, *labels);
    if (labels[1] != NULL)
      kit_settle ();
  }
  kit_wait (is_gone, &window);
}

static void
test_welcome_ends (void **state)
{
  press_all ((const char *const[]){ "_Skip", NULL });
  press_all ((const char *const[]){ "_Next", "_Next", "_Get Started", NULL });
}

/* A program that was not installed has nothing to remember it with, and must start all the same. */
static void
test_welcome_is_not_due_without_a_memory (void **state)
{
  assert_false (jmp_welcome_is_due ());
  jmp_welcome_set_shown ();
  assert_false (jmp_welcome_is_due ());
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
    cmocka_unit_test (test_welcome_has_three_pages),
    cmocka_unit_test (test_welcome_is_turned_by_keys),
    cmocka_unit_test (test_welcome_focus_follows_the_page),
    cmocka_unit_test (test_welcome_ends),
    cmocka_unit_test (test_welcome_is_not_due_without_a_memory),
  };

  gtk_test_init (&argc, &argv, NULL);
  return cmocka_run_group_tests_name ("ui/welcome/welcome", tests, setup, NULL);
}
