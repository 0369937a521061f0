/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/error.h"
#include "scripted-usb.h"

/* A string descriptor, and what a person reads. */
typedef struct {
  const char *name;
  const char *data;
  gsize size;
  const char *text;
} StringCase;

#define BYTES(literal) literal, sizeof (literal) - 1

/* In octal, which ends after three digits: text may follow. */
static const StringCase string_cases[] = {
  { "plain", BYTES ("\014\003S\000T\000M\0003\0002\000"), "STM32" },
  { "empty", BYTES ("\002\003"), "" },
  { "one character", BYTES ("\004\003A\000"), "A" },
  { "two-byte characters", BYTES ("\006\003\265\000\351\000"), "\u00b5\u00e9" },
  { "surrogate pair", BYTES ("\006\003\075\330\000\336"), "\U0001F600" },
  { "high surrogate alone", BYTES ("\006\003\075\330A\000"), "\uFFFDA" },
  { "high surrogate at the end", BYTES ("\006\003A\000\075\330"), "A\uFFFD" },
  { "low surrogate alone", BYTES ("\006\003\000\336A\000"), "\uFFFDA" },
  { "two high surrogates", BYTES ("\006\003\075\330\075\330"), "\uFFFD\uFFFD" },
  { "fewer bytes than bLength says (F427)", BYTES ("\376\003@\000I\000n\000t\000"), "@Int" },
  { "more bytes than bLength says", BYTES ("\006\003@\000I\000n\000t\000"), "@I" },
  { "half a character at the end", BYTES ("\007\003@\000I\000n"), "@I" },
  { "half a character alone", BYTES ("\003\003\001"), "" },
  { "ends at a zero", BYTES ("\012\003@\000I\000\000\000t\000"), "@I" },
  { "control characters", BYTES ("\012\003\033\000[\000\205\000\177\000"), "\uFFFD[\uFFFD\uFFFD" },
  { "plain ASCII (GD32)", BYTES ("\006\0033CBJ"), "3CBJ" },
  { "plain ASCII of odd length", BYTES ("\005\0033CB"), "3CB" },
  { "plain ASCII with zeros behind", BYTES ("\007\0033CB\000\000"), "3CB" },
};

static void
test_usb_string_reads_what_devices_send (void **state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (string_cases); i++) {
    const StringCase *c = &string_cases[i];
    g_autoptr (JmpUsb) usb = scripted_usb_new ();
    g_autoptr (GError) error = NULL;
    g_autofree char *text = NULL;

    scripted_usb_answer (usb, BYTES ("\x04\x03\x07\x04"));
    scripted_usb_answer (usb, c->data, c->size);
    text = jmp_usb_string (usb, 2, NULL, &error);
    if (g_strcmp0 (text, c->text) != 0)
      fail_msg ("%s: \"%s\", not \"%s\"", c->name, text, c->text);
    assert_no_error (error);
    assert_true (g_utf8_validate (text, -1, NULL));
    assert_lines_equal (scripted_usb_asked (usb),
                        "in 80 06 0300 0000 255\n"
                        "in 80 06 0302 0407 255\n");
  }
}

static void
test_usb_string_of_full_length (void **state)
{
  g_autoptr (JmpUsb) usb = scripted_usb_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  guint8 data[255] = { 255, 3 };

  for (guint i = 2; i < 254; i += 2)
    data[i] = 'x';
  scripted_usb_answer (usb, BYTES ("\x04\x03\x09\x04"));
  scripted_usb_answer (usb, data, sizeof data);
  text = jmp_usb_string (usb, 255, NULL, &error);
  assert_no_error (error);
  assert_int_equal (strlen (text), 126);
}

static void
test_usb_string_refuses_nonsense (void **state)
{
  static const struct {
    const char *name;
    const char *data;
    gsize size;
  } cases[] = {
    { "nothing", "", 0 },
    { "one byte", BYTES ("\x04") },
    { "another descriptor", BYTES ("\x04\x02\x41\x00") },
    { "no room for its own header", BYTES ("\x01\x03\x41\x00") },
    { "length zero", BYTES ("\x00\x03\x41\x00") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JmpUsb) usb = scripted_usb_new ();
    g_autoptr (GError) error = NULL;

    scripted_usb_answer (usb, BYTES ("\x04\x03\x09\x04"));
    scripted_usb_answer (usb, cases[i].data, cases[i].size);
    assert_null (jmp_usb_string (usb, 7, NULL, &error));
    assert_error (error, JMP_ERROR, JMP_ERROR_PROTOCOL, "string 7");
  }
}

static void
test_usb_string_without_languages_is_english (void **state)
{
  g_autoptr (JmpUsb) usb = scripted_usb_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  scripted_usb_fail (usb, JMP_ERROR, JMP_ERROR_STALLED);
  scripted_usb_answer (usb, BYTES ("\x04\x03@\0"));
  text = jmp_usb_string (usb, 1, NULL, &error);
  assert_no_error (error);
  assert_string_equal (text, "@");
  assert_lines_equal (scripted_usb_asked (usb),
                      "in 80 06 0300 0000 255\n"
                      "in 80 06 0301 0409 255\n");
}

static void
test_usb_string_asks_for_the_language_once (void **state)
{
  g_autoptr (JmpUsb) usb = scripted_usb_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *third = NULL;

  scripted_usb_fail (usb, JMP_ERROR, JMP_ERROR_STALLED);
  scripted_usb_answer (usb, BYTES ("\x04\x03@\0"));
  first = jmp_usb_string (usb, 1, NULL, &error);
  assert_no_error (error);
  scripted_usb_answer (usb, BYTES ("\x04\x03\x07\x04"));
  scripted_usb_answer (usb, BYTES ("\x04\x03@\0"));
  second = jmp_usb_string (usb, 2, NULL, &error);
  assert_no_error (error);
  scripted_usb_answer (usb, BYTES ("\x04\x03@\0"));
  third = jmp_usb_string (usb, 3, NULL, &error);
  assert_no_error (error);
  assert_lines_equal (scripted_usb_asked (usb),
                      "in 80 06 0300 0000 255\n"
                      "in 80 06 0301 0409 255\n"
                      "in 80 06 0300 0000 255\n"
                      "in 80 06 0302 0407 255\n"
                      "in 80 06 0303 0407 255\n");
}

static void
test_usb_string_tells_of_a_lost_device (void **state)
{
  g_autoptr (JmpUsb) usb = scripted_usb_new ();
  g_autoptr (GError) error = NULL;

  scripted_usb_fail (usb, JMP_ERROR, JMP_ERROR_DISCONNECTED);
  assert_null (jmp_usb_string (usb, 1, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, NULL);
  assert_lines_equal (scripted_usb_asked (usb), "in 80 06 0300 0000 255\n");
}

static void
test_usb_string_zero_is_none (void **state)
{
  g_autoptr (JmpUsb) usb = scripted_usb_new ();
  g_autoptr (GError) error = NULL;

  assert_null (jmp_usb_string (usb, 0, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_USAGE, NULL);
  assert_string_equal (scripted_usb_asked (usb), "");
}

static void
test_usb_control_checks_its_arguments (void **state)
{
  static const struct {
    const char *name;
    guint16 length;
    gboolean has_data;
    guint timeout_ms;
    gboolean ok;
  } cases[] = {
    { "longest", JMP_USB_MAX_CONTROL, TRUE, 1, TRUE },
    { "too long", JMP_USB_MAX_CONTROL + 1, TRUE, 1, FALSE },
    { "no data", 0, FALSE, 1, TRUE },
    { "no buffer", 1, FALSE, 1, FALSE },
    { "no time limit", 0, FALSE, 0, FALSE },
  };
  static guint8 data[JMP_USB_MAX_CONTROL + 1];

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JmpUsb) usb = scripted_usb_new ();
    g_autoptr (GError) error = NULL;
    JmpUsbSetup setup = { .request_type = 0x21, .request = 1, .length = cases[i].length };
    gssize moved = jmp_usb_control (
        usb, &setup, cases[i].has_data ? data : NULL, cases[i].timeout_ms, NULL, &error);

    if (cases[i].ok) {
      assert_no_error (error);
      assert_int_equal (moved, cases[i].length);
    } else {
      assert_int_equal (moved, -1);
      assert_error (error, JMP_ERROR, JMP_ERROR_USAGE, NULL);
      assert_string_equal (scripted_usb_asked (usb), "");
    }
  }
}

static void
test_usb_cancelled_before_asks_nothing (void **state)
{
  g_autoptr (JmpUsb) usb = scripted_usb_new ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  JmpUsbSetup setup = { .request_type = 0x21, .request = 6 };

  g_cancellable_cancel (cancellable);
  assert_int_equal (jmp_usb_control (usb, &setup, NULL, 1000, cancellable, &error), -1);
  assert_true (jmp_error_is_cancelled (error));
  g_clear_error (&error);
  assert_false (jmp_usb_wait (usb, 1000, cancellable, &error));
  assert_true (jmp_error_is_cancelled (error));
  assert_string_equal (scripted_usb_asked (usb), "");
  assert_int_equal (jmp_usb_now (usb), 0);
}

static gpointer
cancel_thread (gpointer cancellable)
{
  g_cancellable_cancel (cancellable);
  return NULL;
}

/* Were the cancellable not looked at, the wait would end well, an hour later. */
static void
test_usb_real_wait_ends_when_cancelled (void **state)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  GThread *thread = g_thread_new ("cancel", cancel_thread, cancellable);

  assert_false (jmp_usb_real_wait (NULL, 3600 * 1000, cancellable, &error));
  assert_true (jmp_error_is_cancelled (error));
  g_thread_join (thread);
}

static void
test_usb_real_wait_takes_its_time (void **state)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  gint64 start = jmp_usb_real_now (NULL);

  assert_true (jmp_usb_real_wait (NULL, 2, cancellable, &error));
  assert_true (jmp_usb_real_now (NULL) - start >= 2000);
  assert_true (jmp_usb_real_wait (NULL, 0, NULL, &error));
  assert_no_error (error);
}

static void
test_usb_free_takes_null (void **state)
{
  jmp_usb_free (NULL);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_usb_string_reads_what_devices_send),
    cmocka_unit_test (test_usb_string_of_full_length),
    cmocka_unit_test (test_usb_string_refuses_nonsense),
    cmocka_unit_test (test_usb_string_without_languages_is_english),
    cmocka_unit_test (test_usb_string_asks_for_the_language_once),
    cmocka_unit_test (test_usb_string_tells_of_a_lost_device),
    cmocka_unit_test (test_usb_string_zero_is_none),
    cmocka_unit_test (test_usb_control_checks_its_arguments),
    cmocka_unit_test (test_usb_cancelled_before_asks_nothing),
    cmocka_unit_test (test_usb_real_wait_ends_when_cancelled),
    cmocka_unit_test (test_usb_real_wait_takes_its_time),
    cmocka_unit_test (test_usb_free_takes_null),
  };

  return cmocka_run_group_tests_name ("core/usb/usb", tests, NULL, NULL);
}
