/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "draw/drawing.h"
#include "draw/resource.h"
#include "help/help-topics.h"
#include "widget-kit.h"

#include <adwaita.h>

static void
test_help_topics_are_whole (void **state)
{
  guint n;
  const JmpHelpTopic *topics = jmp_help_topics (&n);

  assert_in_range (n, 5, 12);
  for (guint i = 0; i < n; i++) {
    GtkWidget *drawing = g_object_ref_sink (jmp_drawing_new ());

    jmp_drawing_set (JMP_DRAWING (drawing), topics[i].drawing, topics[i].picture);
    if (!jmp_drawing_is_there (JMP_DRAWING (drawing)))
      fail_msg ("%s has no drawing", topics[i].name);
    assert_non_null (topics[i].parts[0].text);
    for (guint k = 0; k < i; k++)
      assert_string_not_equal (topics[i].name, topics[k].name);
    kit_assert_finalized (drawing);
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
    cmocka_unit_test (test_help_topics_are_whole),
  };

  gtk_test_init (&argc, &argv, NULL);
  return cmocka_run_group_tests_name ("ui/help/help-topics", tests, setup, NULL);
}
