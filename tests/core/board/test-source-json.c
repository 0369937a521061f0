/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "base/error.h"
#include "board/source-json.h"

static JmpSource *
read_text (const char *text, gboolean personal, GError **error)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  return jmp_source_from_json (node, 3, personal, error);
}

static void
test_source_json_there_and_back (void **state)
{
  static const char text[] =
      "{\"kind\":\"flipper\",\"id\":\"mine\",\"url\":\"http://h/d.json\",\"pattern\":\"*.dfu\","
      "\"board\":\"PYBV11\",\"target\":\"f7\",\"allow_http\":true}";
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpSource) source = read_text (text, TRUE, &error);
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *again = NULL;

  assert_no_error (error);
  assert_true (source->personal && source->allow_http);
  assert_int_equal (source->kind, JMP_SOURCE_FLIPPER);
  node = jmp_source_to_json (source);
  again = json_to_string (node, FALSE);
  assert_string_equal (again, text);
}

static void
test_source_json_refuses (void **state)
{
  static const struct {
    const char *text;
    const char *message;
  } cases[] = {
    { "[]", "source 3: not an object" },
    { "{\"id\": \"a\", \"url\": \"https://h/\"}", "no \"kind\"" },
    { "{\"kind\": \"links\", \"url\": \"https://h/\"}", "no \"id\"" },
    { "{\"kind\": \"ftp\", \"id\": \"a\", \"url\": \"https://h/\"}", "no such kind: ftp" },
    { "{\"kind\": \"links\", \"id\": \"a\", \"url\": \"http://h/\"}", "its address" },
    { "{\"kind\": \"links\", \"id\": \"a\", \"url\": \"https://h/\", \"x\": 1}", "not known" },
    { "{\"kind\": \"links\", \"id\": \"a\", \"url\": \"https://h/\", \"allow_http\": true}",
      "without TLS" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    if (read_text (cases[i].text, FALSE, &error) != NULL)
      fail_msg ("accepted: %s", cases[i].text);
    assert_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, cases[i].message);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_source_json_there_and_back),
    cmocka_unit_test (test_source_json_refuses),
  };

  return cmocka_run_group_tests_name ("core/board/source-json", tests, NULL, NULL);
}
