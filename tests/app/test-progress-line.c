/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "jumperctl/json.h"
#include "jumperctl/progress-line.h"

static const JmpProgress half = {
  .phase = JMP_PHASE_WRITE,
  .alt = 0,
  .address = 0x08004000,
  .phase_done = 2048,
  .phase_total = 8192,
  .fraction = 0.4375,
};

static void
test_progress_line_fits_its_terminal (void **state)
{
  static const struct {
    guint width;
    const char *text;
  } rows[] = {
    { 79, " 43 %  Writing  20.0 KiB/s  8 seconds left" },
    { 43, " 43 %  Writing  20.0 KiB/s  8 seconds left" },
    { 40, " 43 %  Writing  20.0 KiB/s" },
    { 25, " 43 %  Writing" },
    { 14, " 43 %  Writing" },
    { 13, " 43 %" },
    { 5, " 43 %" },
    { 4, "" },
    { 0, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *text = ctl_progress_format (&half, 20480, 8, rows[i].width);

    assert_string_equal (text, rows[i].text);
  }
}

static void
test_progress_line_leaves_out_what_is_not_known (void **state)
{
  g_autofree char *text = ctl_progress_format (&half, 0, -1, 79);

  assert_string_equal (text, " 43 %  Writing");
}

static void
test_progress_line_knows_wide_characters (void **state)
{
  assert_int_equal (ctl_text_width ("abc"), 3);
  assert_int_equal (ctl_text_width ("ä€"), 2);
  assert_int_equal (ctl_text_width ("書き込み"), 8);
  assert_int_equal (ctl_text_width ("e\xCC\x81"), 1);
}

static void
test_progress_as_json (void **state)
{
  g_autofree char *known = ctl_json_progress (&half, 1024, 8);
  g_autofree char *unknown = ctl_json_progress (&half, 1024, -1);

  assert_string_equal (known,
                       "{\"progress\":{\"phase\":\"write\",\"fraction\":0.4375,\"alt\":0,"
                       "\"address\":134234112,\"done\":2048,\"total\":8192,\"speed\":1024.0,"
                       "\"seconds_left\":8.0}}");
  assert_non_null (strstr (unknown, "\"seconds_left\":null"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_progress_line_fits_its_terminal),
    cmocka_unit_test (test_progress_line_leaves_out_what_is_not_known),
    cmocka_unit_test (test_progress_line_knows_wide_characters),
    cmocka_unit_test (test_progress_as_json),
  };

  return cmocka_run_group_tests_name ("app/progress-line", tests, NULL, NULL);
}
