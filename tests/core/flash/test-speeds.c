/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/error.h"
#include "flash/speeds.h"
#include "plan-kit.h"

#include <glib/gstdio.h>
#include <math.h>

typedef struct {
  char *parent;
  char *folder;
  char *path;
} Fixture;

static int
set_up (void **state)
{
  Fixture *self = g_new0 (Fixture, 1);

  self->parent = g_dir_make_tmp ("jumper-speeds-XXXXXX", NULL);
  self->folder = g_build_filename (self->parent, "state", NULL);
  self->path = g_build_filename (self->folder, "speeds.ini", NULL);
  *state = self;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *self = *state;

  g_remove (self->path);
  g_rmdir (self->folder);
  g_rmdir (self->parent);
  g_free (self->path);
  g_free (self->folder);
  g_free (self->parent);
  g_free (self);
  return 0;
}

static void
test_speeds_come_back (void **state)
{
  Fixture *self = *state;
  const JmpSpeeds saved = { 1.25, 0.5, 2 };
  const JmpSpeeds other = { 3, 3, 3 };
  JmpSpeeds found = { 7, 7, 7 };
  g_autoptr (GError) error = NULL;

  assert_false (jmp_speeds_load (self->folder, "a", &found));
  assert_true (found.erase > 6.9);
  jmp_speeds_save (self->folder, "a", &saved, &error);
  assert_no_error (error);
  jmp_speeds_save (self->folder, "b", &other, &error);
  assert_no_error (error);
  assert_true (jmp_speeds_load (self->folder, "a", &found));
  assert_true (fabs (found.erase - 1.25) < 1e-6 && fabs (found.write - 0.5) < 1e-6
               && fabs (found.read - 2) < 1e-6);
}

static void
test_speeds_that_are_near_are_left_alone (void **state)
{
  Fixture *self = *state;
  const JmpSpeeds saved = { 1, 1, 1 };
  const JmpSpeeds near = { 1.04, 0.96, 1 };
  const JmpSpeeds farther = { 1.04, 0.9, 1 };
  JmpSpeeds found;

  assert_true (jmp_speeds_save (self->folder, "a", &saved, NULL));
  assert_true (jmp_speeds_save (self->folder, "a", &near, NULL));
  assert_true (jmp_speeds_load (self->folder, "a", &found));
  assert_true (fabs (found.erase - 1) < 1e-6 && fabs (found.write - 1) < 1e-6);
  assert_true (jmp_speeds_save (self->folder, "a", &farther, NULL));
  assert_true (jmp_speeds_load (self->folder, "a", &found));
  assert_true (fabs (found.erase - 1.04) < 1e-6 && fabs (found.write - 0.9) < 1e-6);
}

static void
test_speeds_of_a_bad_file (void **state)
{
  static const struct {
    const char *name;
    const char *text;
  } rows[] = {
    { "empty", "" },
    { "no key file", "\x01\x02[[[" },
    { "one is missing", "[a]\nerase=1\nwrite=1\n" },
    { "not a number", "[a]\nerase=1\nwrite=x\nread=1\n" },
    { "nan", "[a]\nerase=nan\nwrite=1\nread=1\n" },
    { "infinite", "[a]\nerase=1\nwrite=inf\nread=1\n" },
    { "negative", "[a]\nerase=1\nwrite=1\nread=-1\n" },
    { "nothing real", "[a]\nerase=1e9\nwrite=1\nread=1\n" },
    { "zero", "[a]\nerase=0\nwrite=1\nread=1\n" },
  };
  Fixture *self = *state;

  g_mkdir (self->folder, 0700);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    const JmpSpeeds saved = { 1, 1, 1 };
    JmpSpeeds found;

    print_message ("  %s\n", rows[i].name);
    assert_true (g_file_set_contents (self->path, rows[i].text, -1, NULL));
    assert_false (jmp_speeds_load (self->folder, "a", &found));
    /* and it is good again as soon as something is saved */
    assert_true (jmp_speeds_save (self->folder, "a", &saved, NULL));
    assert_true (jmp_speeds_load (self->folder, "a", &found));
  }
}

static void
test_speeds_of_many_models (void **state)
{
  Fixture *self = *state;
  const JmpSpeeds speeds = { 1, 1, 1 };
  JmpSpeeds found;

  for (guint i = 0; i < 250; i++) {
    g_autofree char *key = g_strdup_printf ("model %u", i);

    assert_true (jmp_speeds_save (self->folder, key, &speeds, NULL));
  }
  assert_false (jmp_speeds_load (self->folder, "model 0", &found));
  assert_true (jmp_speeds_load (self->folder, "model 60", &found));
  assert_true (jmp_speeds_load (self->folder, "model 249", &found));
}

static void
test_speeds_folder_that_cannot_be (void **state)
{
  Fixture *self = *state;
  const JmpSpeeds speeds = { 1, 1, 1 };
  g_autoptr (GError) error = NULL;

  assert_true (g_file_set_contents (self->folder, "a file", -1, NULL));
  assert_false (jmp_speeds_save (self->folder, "a", &speeds, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FILE, "speeds.ini");
  g_remove (self->folder);
}

/* Whatever a device calls itself, the key is plain; boards of one model share it. */
static void
test_speeds_key (void **state)
{
  static const char *const f405[] = { "@Flash /0x08000000/4*16Kg", NULL };
  static const char *const other[] = { "@Flash /0x08000000/4*32Kg", NULL };
  static const char *const none[] = { NULL };
  JmpDfuInfo *board = kit_board_new (f405);
  JmpDfuInfo *larger = kit_board_new (other);
  JmpDfuInfo *bare = kit_board_new (none);
  g_autofree char *a = jmp_speeds_key (board);
  g_autofree char *b = jmp_speeds_key (larger);
  g_autofree char *c = jmp_speeds_key (bare);
  g_autofree char *d = NULL;

  board->product = g_strdup ("]\n[x\xC3\xA9");
  d = jmp_speeds_key (board);
  assert_true (g_str_has_prefix (a, "0483:df11:"));
  assert_string_not_equal (a, b);
  assert_string_not_equal (a, c);
  assert_string_not_equal (a, d);
  assert_null (strpbrk (d, "[]\n"));
  g_clear_pointer (&board->product, g_free);
  jmp_dfu_info_unref (board);
  jmp_dfu_info_unref (larger);
  jmp_dfu_info_unref (bare);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    TEST (test_speeds_come_back),
    TEST (test_speeds_that_are_near_are_left_alone),
    TEST (test_speeds_of_a_bad_file),
    TEST (test_speeds_of_many_models),
    TEST (test_speeds_folder_that_cannot_be),
    cmocka_unit_test (test_speeds_key),
  };

  return cmocka_run_group_tests_name ("core/flash/speeds", tests, NULL, NULL);
}
