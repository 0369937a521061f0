/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "board/catalogue.h"
#include "words/words-releases.h"

#include <string.h>

/* Takes @text and checks it. */
static void
assert_takes (char *text, const char *expected)
{
  g_autofree char *owned = text;

  assert_string_equal (owned, expected);
}

/* Each state is told apart from the others, and nobody is promised more than is known. */
static void
test_words_of_trust (void **state)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (int trust = JMP_TRUST_PINNED; trust <= JMP_TRUST_LOCAL; trust++)
    assert_true (g_hash_table_add (seen, (gpointer)jmp_words_trust ((JmpTrust)trust, TRUE)));
  assert_non_null (strstr (jmp_words_trust (JMP_TRUST_UNPUBLISHED, TRUE), "encrypted connection"));
  assert_non_null (strstr (jmp_words_trust (JMP_TRUST_UNPUBLISHED, FALSE), "not encrypted"));
}

static void
test_words_of_a_release (void **state)
{
  JmpRelease release = { .board_id = (char *)"PYBV11",
                         .variant = (char *)"DP",
                         .version = (char *)"1.29.0",
                         .date = (char *)"20260824" };

  assert_takes (jmp_words_release (&release), "PYBV11-DP 1.29.0 of 2026-08-24");
  release.variant = NULL;
  release.date = NULL;
  assert_takes (jmp_words_release (&release), "PYBV11 1.29.0");
  release.board_id = NULL;
  release.file_name = (char *)"fw.dfu";
  assert_takes (jmp_words_release (&release), "fw.dfu 1.29.0");
  assert_takes (jmp_words_release_state (TRUE, 1024), "downloaded");
  assert_takes (jmp_words_release_state (FALSE, 1024), "1 KiB to download");
  assert_takes (jmp_words_release_state (FALSE, 0), "to download");
}

static void
test_words_of_a_version_change (void **state)
{
  assert_takes (jmp_words_version_change (JMP_CHANGE_UPGRADE, "1.9.4", "1.10"),
                "This is an upgrade, from 1.9.4 to 1.10.");
  assert_takes (jmp_words_version_change (JMP_CHANGE_DOWNGRADE, "1.10", "1.9.4"),
                "This is a downgrade, from 1.10 to the older 1.9.4.");
  assert_takes (jmp_words_version_change (JMP_CHANGE_SAME, "1.10", "1.10"),
                "This is version 1.10 again.");
  assert_null (jmp_words_version_change (JMP_CHANGE_UNKNOWN, NULL, "1.10"));
}

/* Every variant and every advice of the catalogue has words. */
static void
test_words_of_the_catalogue (void **state)
{
  g_autoptr (JmpCatalogue) catalogue = jmp_catalogue_new_built_in (NULL);
  GPtrArray *boards = jmp_catalogue_get_boards (catalogue);

  for (guint i = 0; i < boards->len; i++) {
    JmpBoard *board = g_ptr_array_index (boards, i);

    for (guint n = 0; n < board->variants->len; n++) {
      const char *code = g_array_index (board->variants, JmpWords, n).code;
      g_autofree char *words = jmp_words_variant (board, code);

      if (g_str_equal (words, code))
        fail_msg ("%s-%s has no words", board->id, code);
    }
    for (guint n = 0; n < board->advice->len; n++) {
      const JmpAdvice *advice = &g_array_index (board->advice, JmpAdvice, n);
      g_autofree char *words = jmp_words_advice (advice);

      if (g_str_equal (words, advice->reason.code))
        fail_msg ("%s: %s has no words", board->id, words);
    }
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_words_of_trust),
    cmocka_unit_test (test_words_of_a_release),
    cmocka_unit_test (test_words_of_a_version_change),
    cmocka_unit_test (test_words_of_the_catalogue),
  };

  return cmocka_run_group_tests_name ("words-releases", tests, NULL, NULL);
}
