/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "draw/resource.h"
#include "help/help-topics.h"
#include "help/help-window.h"
#include "widget-kit.h"

static void
test_help_window_shows_every_topic (void **state)
{
  GtkWidget *window = g_object_ref (jmp_help_window_new (NULL));
  guint n;
  const JmpHelpTopic *topics = jmp_help_topics (&n);

  gtk_window_present (GTK_WINDOW (window));
  kit_settle ();
  for (guint i = 0; i < n; i++) {
    jmp_help_window_show_topic (JMP_HELP_WINDOW (window), topics[i].name);
    kit_settle ();
    for (const JmpHelpPart *part = topics[i].parts; part->text != NULL; part++) {
      if (!kit_shows (window, part->text))
        fail_msg ("%s does not say: %s", topics[i].name, part->text);
    }
    kit_assert_named (window);
  }
  kit_assert_small (window);
  gtk_window_destroy (GTK_WINDOW (window));
  kit_assert_finalized (window);
}

static void
test_help_window_keeps_its_page_when_a_topic_is_not_known (void **state)
{
  GtkWidget *window = g_object_ref (jmp_help_window_new (NULL));

  gtk_window_present (GTK_WINDOW (window));
  jmp_help_window_show_topic (JMP_HELP_WINDOW (window), "map");
  jmp_help_window_show_topic (JMP_HELP_WINDOW (window), "no such topic");
  kit_settle ();
  assert_true (kit_shows (window, "Before the Work"));
  gtk_window_destroy (GTK_WINDOW (window));
  kit_assert_finalized (window);
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
    cmocka_unit_test (test_help_window_shows_every_topic),
    cmocka_unit_test (test_help_window_keeps_its_page_when_a_topic_is_not_known),
  };

  gtk_test_init (&argc, &argv, NULL);
  return cmocka_run_group_tests_name ("ui/help/help-window", tests, setup, NULL);
}
