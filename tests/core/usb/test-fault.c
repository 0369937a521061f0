/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/error.h"
#include "scripted-usb.h"
#include "usb/fault.h"

static const JmpUsbSetup get_status = { 0xA1, 3, 0, 0, 6 };
static const JmpUsbSetup abort_request = { 0x21, 6, 0, 0, 0 };

/* One GETSTATUS or ABORT, and what the host sees of it. */
static void
ask (JmpUsb *usb, JmpUsb *inner, gboolean is_in, GString *log)
{
  g_autoptr (GError) error = NULL;
  guint8 data[6] = { 0 };
  gssize moved;

  if (is_in)
    scripted_usb_answer (inner, "\x00\x68\x00\x00\x04\x00", 6);
  moved = jmp_usb_control (usb, is_in ? &get_status : &abort_request, data, 250, NULL, &error);
  g_string_append (log, is_in ? "in" : "out");
  if (error != NULL)
    g_string_append_printf (log, " %s", jmp_error_to_string (error->code));
  else
    g_string_append_printf (log, " %d", (int)moved);
  if (is_in && error == NULL && moved == 6 && memcmp (data, "\x00\x68\x00\x00\x04\x00", 6) != 0)
    g_string_append (log, " corrupt");
  g_string_append_c (log, '\n');
}

/* Four transfers, in, out, in, in, with a fault at the second. */
static void
test_fault_happens_at_its_transfer (void **state)
{
  static const struct {
    JmpFault fault;
    const char *seen;
    const char *reached;
    gint64 time;
  } cases[] = {
    { JMP_FAULT_STALL,
      "in 6\nout stalled\nin 6\nin 6\n",
      "in a1 03 0000 0000 6\nin a1 03 0000 0000 6\nin a1 03 0000 0000 6\n",
      300 },
    { JMP_FAULT_TIMEOUT,
      "in 6\nout timed-out\nin 6\nin 6\n",
      "in a1 03 0000 0000 6\nin a1 03 0000 0000 6\nin a1 03 0000 0000 6\n",
      250300 },
    { JMP_FAULT_SHORT_READ,
      "in 6\nout 0\nin 3\nin 6\n",
      "in a1 03 0000 0000 6\nout 21 06 0000 0000 0\n"
      "in a1 03 0000 0000 6\nin a1 03 0000 0000 6\n",
      400 },
    { JMP_FAULT_CORRUPT,
      "in 6\nout 0\nin 6 corrupt\nin 6\n",
      "in a1 03 0000 0000 6\nout 21 06 0000 0000 0\n"
      "in a1 03 0000 0000 6\nin a1 03 0000 0000 6\n",
      400 },
    { JMP_FAULT_UNPLUG,
      "in 6\nout disconnected\nin disconnected\nin disconnected\n",
      "in a1 03 0000 0000 6\n",
      100 },
  };

  assert_int_equal (G_N_ELEMENTS (cases), JMP_FAULT_N);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    JmpUsb *inner = scripted_usb_new ();
    g_autoptr (JmpUsb) usb = jmp_usb_fault_new (inner);
    g_autoptr (GString) log = g_string_new (NULL);

    jmp_usb_fault_at (usb, 2, cases[i].fault);
    ask (usb, inner, TRUE, log);
    ask (usb, inner, FALSE, log);
    ask (usb, inner, TRUE, log);
    ask (usb, inner, TRUE, log);
    assert_lines_equal (log->str, cases[i].seen);
    assert_lines_equal (scripted_usb_asked (inner), cases[i].reached);
    assert_int_equal (jmp_usb_now (usb), cases[i].time);
    assert_int_equal (jmp_usb_fault_get_injected (usb), 1);
  }
}

static void
test_fault_corrupts_one_bit (void **state)
{
  JmpUsb *inner = scripted_usb_new ();
  g_autoptr (JmpUsb) usb = jmp_usb_fault_new (inner);
  guint8 data[6] = { 0 };
  guint bits = 0;

  jmp_usb_fault_at (usb, 1, JMP_FAULT_CORRUPT);
  scripted_usb_answer (inner, "\0\0\0\0\0\0", 6);
  assert_int_equal (jmp_usb_control (usb, &get_status, data, 250, NULL, NULL), 6);
  for (guint i = 0; i < 48; i++)
    bits += data[i / 8] >> i % 8 & 1;
  assert_int_equal (bits, 1);
}

static void
test_fault_unplug_is_for_good (void **state)
{
  g_autoptr (JmpUsb) usb = jmp_usb_fault_new (scripted_usb_new ());
  g_autoptr (GError) error = NULL;

  assert_true (jmp_usb_claim (usb, 0, NULL));
  jmp_usb_fault_at (usb, 1, JMP_FAULT_UNPLUG);
  assert_int_equal (jmp_usb_control (usb, &abort_request, NULL, 250, NULL, NULL), -1);
  assert_false (jmp_usb_claim (usb, 0, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, NULL);
  assert_null (jmp_usb_descriptors (usb, NULL));
  assert_false (jmp_usb_set_alt (usb, 0, 0, NULL));
  assert_false (jmp_usb_reset (usb, NULL));
  assert_int_equal (jmp_usb_fault_get_transfers (usb), 1);
}

static char *
random_run (guint32 seed, guint *injected)
{
  static const double probability[JMP_FAULT_N] = { 0.1, 0.1, 0.1, 0.1, 0 };
  JmpUsb *inner = scripted_usb_new ();
  g_autoptr (JmpUsb) usb = jmp_usb_fault_new (inner);
  GString *log = g_string_new (NULL);

  jmp_usb_fault_seed (usb, seed, probability);
  for (guint i = 0; i < 100; i++)
    ask (usb, inner, i % 3 != 0, log);
  *injected = jmp_usb_fault_get_injected (usb);
  return g_string_free (log, FALSE);
}

static void
test_fault_same_seed_gives_the_same_faults (void **state)
{
  guint injected[3];
  g_autofree char *first = random_run (7, &injected[0]);
  g_autofree char *again = random_run (7, &injected[1]);
  g_autofree char *other = random_run (8, &injected[2]);

  assert_lines_equal (again, first);
  assert_string_not_equal (other, first);
  /* the numbers are part of the contract: a seed in a bug report means the same everywhere */
  assert_int_equal (injected[0], 27);
  assert_int_equal (injected[2], 35);
}

static void
test_fault_certain_and_impossible (void **state)
{
  static const double always[JMP_FAULT_N] = { 1, 0, 0, 0, 0 };
  static const double never[JMP_FAULT_N] = { 0, 0, 0, 0, 0 };
  JmpUsb *inner = scripted_usb_new ();
  g_autoptr (JmpUsb) usb = jmp_usb_fault_new (inner);
  g_autoptr (GString) log = g_string_new (NULL);

  jmp_usb_fault_seed (usb, 0, always);
  ask (usb, inner, FALSE, log);
  ask (usb, inner, FALSE, log);
  jmp_usb_fault_seed (usb, 0, never);
  ask (usb, inner, FALSE, log);
  assert_lines_equal (log->str, "out stalled\nout stalled\nout 0\n");
  assert_int_equal (jmp_usb_fault_get_transfers (usb), 3);
}

static void
test_fault_words_are_distinct (void **state)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (int fault = 0; fault < JMP_FAULT_N; fault++)
    assert_true (g_hash_table_add (seen, (gpointer)jmp_fault_to_string (fault)));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_fault_happens_at_its_transfer),
    cmocka_unit_test (test_fault_corrupts_one_bit),
    cmocka_unit_test (test_fault_unplug_is_for_good),
    cmocka_unit_test (test_fault_same_seed_gives_the_same_faults),
    cmocka_unit_test (test_fault_certain_and_impossible),
    cmocka_unit_test (test_fault_words_are_distinct),
  };

  return cmocka_run_group_tests_name ("core/usb/fault", tests, NULL, NULL);
}
