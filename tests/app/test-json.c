/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "jumperctl/json.h"

static void
test_json_numbers_are_short (void **state)
{
  static const struct {
    double value;
    const char *text;
  } rows[] = {
    { 0, "{\"n\":0.0}" },
    { 8.2511080000000003, "{\"n\":8.251}" },
    { 0.1, "{\"n\":0.1}" },
    { 0.0004, "{\"n\":0.0}" },
    { 1.9999, "{\"n\":2.0}" },
    { 100, "{\"n\":100.0}" },
    { 1024.25, "{\"n\":1024.25}" },
    { 1e15, "{\"n\":1000000000000000.0}" },
    { -1, "{\"n\":null}" },
    { G_MAXDOUBLE * 2, "{\"n\":null}" },
    { G_MAXDOUBLE * 2 - G_MAXDOUBLE * 2, "{\"n\":null}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (JsonBuilder) builder = json_builder_new ();
    g_autoptr (JsonNode) node = NULL;
    g_autofree char *text = NULL;

    json_builder_begin_object (builder);
    ctl_json_real (builder, "n", rows[i].value);
    json_builder_end_object (builder);
    node = json_builder_get_root (builder);
    text = ctl_json_to_text (node);
    assert_string_equal (text, rows[i].text);
  }
}

/* Strings and numbers that look like what is shortened stay as they are. */
static void
test_json_text_is_what_was_built (void **state)
{
  static const char source[] =
      "{\"a\":[],\"b\":{},\"c\":[1,[2,{\"d\":null}],true,false],"
      "\"8.2511080000000003\":\"8.2511080000000003\","
      "\"e\":-9223372036854775808,\"quote \\\" back \\\\ ü\\n\":\"\\u0001\"}";
  g_autoptr (JsonNode) node = json_from_string (source, NULL);
  g_autoptr (JsonNode) again = NULL;
  g_autofree char *text = ctl_json_to_text (node);
  g_autofree char *before = json_to_string (node, FALSE);

  assert_string_equal (text, before);
  again = json_from_string (text, NULL);
  assert_true (json_node_equal (node, again));
}

static void
test_json_of_progress (void **state)
{
  CtlNews news = {
    .progress = {
      .phase = JMP_PHASE_WRITE,
      .address = 0x08004000,
      .phase_done = 2048,
      .phase_total = 8192,
      .fraction = 0.4375,
    },
    .speed = 1024,
    .seconds_left = 8.12345,
  };
  g_autofree char *known = ctl_json_progress ("path:1-1", &news);
  g_autofree char *unknown = NULL;

  assert_string_equal (
      known,
      "{\"progress\":{\"device\":\"path:1-1\",\"phase\":\"write\",\"waiting\":false,"
      "\"fraction\":0.438,\"alt\":0,\"address\":134234112,\"done\":2048,"
      "\"total\":8192,\"speed\":1024.0,\"seconds_left\":8.123}}");
  news.seconds_left = -1;
  news.progress.waiting = TRUE;
  unknown = ctl_json_progress ("path:1-1", &news);
  assert_non_null (strstr (unknown, "\"seconds_left\":null"));
  assert_non_null (strstr (unknown, "\"waiting\":true"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_json_numbers_are_short),
    cmocka_unit_test (test_json_text_is_what_was_built),
    cmocka_unit_test (test_json_of_progress),
  };

  return cmocka_run_group_tests_name ("app/json", tests, NULL, NULL);
}
