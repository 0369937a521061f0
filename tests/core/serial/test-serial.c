/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/error.h"
#include "serial/serial.h"

#include <string.h>

/* A port that counts what it is asked for. */
typedef struct {
  JmpSerial base;
  guint reads;
  guint writes;
  gboolean freed;
} Fake;

static gssize
fake_read (JmpSerial *base,
           guint8 *data,
           gsize size,
           guint timeout_ms,
           GCancellable *cancellable,
           GError **error)
{
  ((Fake *)base)->reads++;
  data[0] = 'x';
  return 1;
}

static gboolean
fake_write (JmpSerial *base,
            const guint8 *data,
            gsize size,
            guint timeout_ms,
            GCancellable *cancellable,
            GError **error)
{
  ((Fake *)base)->writes++;
  return TRUE;
}

static gint64
fake_now (JmpSerial *base)
{
  return 42;
}

static gboolean
fake_wait (JmpSerial *base, guint ms, GCancellable *cancellable, GError **error)
{
  return TRUE;
}

static void
fake_free (JmpSerial *base)
{
  ((Fake *)base)->freed = TRUE;
}

static const JmpSerialOps fake_ops = {
  .read = fake_read, .write = fake_write, .now = fake_now, .wait = fake_wait, .free = fake_free
};

static void
test_serial_passes_on (void **state)
{
  Fake fake = { .base.ops = &fake_ops };
  JmpSerial *serial = &fake.base;
  g_autoptr (GError) error = NULL;
  guint8 byte = 0;

  assert_int_equal (jmp_serial_read (serial, &byte, 1, 10, NULL, &error), 1);
  assert_int_equal (byte, 'x');
  assert_true (jmp_serial_write (serial, &byte, 1, 10, NULL, &error));
  assert_true (jmp_serial_write (serial, NULL, 0, 10, NULL, &error));
  assert_int_equal (fake.writes, 1);
  assert_int_equal (jmp_serial_now (serial), 42);
  assert_true (jmp_serial_wait (serial, 1, NULL, &error));
  jmp_serial_free (serial);
  assert_true (fake.freed);
  jmp_serial_free (NULL);
}

static void
test_serial_asks_nothing_when_cancelled (void **state)
{
  Fake fake = { .base.ops = &fake_ops };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint8 byte = 0;

  g_cancellable_cancel (cancellable);
  assert_int_equal (jmp_serial_read (&fake.base, &byte, 1, 10, cancellable, &error), -1);
  assert_true (jmp_error_is_cancelled (error));
  g_clear_error (&error);
  assert_false (jmp_serial_write (&fake.base, &byte, 1, 10, cancellable, &error));
  assert_true (jmp_error_is_cancelled (error));
  g_clear_error (&error);
  assert_false (jmp_serial_wait (&fake.base, 10, cancellable, &error));
  assert_true (jmp_error_is_cancelled (error));
  assert_int_equal (fake.reads + fake.writes, 0);
}

static void
test_serial_port_is_a_clean_value (void **state)
{
  g_autoptr (JmpSerialPort) port = jmp_serial_port_new (&(JmpSerialPort){
      .name = (char *)"/dev/ttyACM0",
      .vid = 0xF055,
      .pid = 0x9800,
      .serial = (char *)"",
      .product = (char *)"Pyboard \xFF",
  });

  assert_string_equal (port->name, "/dev/ttyACM0");
  assert_null (port->path);
  assert_null (port->serial);
  assert_string_equal (port->product, "Pyboard \xEF\xBF\xBD");
  assert_int_equal (port->vid, 0xF055);
}

static void
test_serial_names_as_a_person_counts (void **state)
{
  static const char *const sorted[] = { "COM3",         "COM9",         "COM10",
                                        "/dev/ttyACM0", "/dev/ttyACM2", "/dev/ttyACM10" };

  for (guint i = 0; i + 1 < G_N_ELEMENTS (sorted); i++) {
    assert_true (jmp_serial_name_compare (sorted[i], sorted[i + 1]) < 0);
    assert_true (jmp_serial_name_compare (sorted[i + 1], sorted[i]) > 0);
  }
  assert_int_equal (jmp_serial_name_compare ("COM3", "COM3"), 0);
}

static void
test_serial_no_such_port (void **state)
{
  static const char *const names[] = { "/dev/ttyACM4711", "nonsense", "" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpSerial) serial = jmp_serial_open (names[i], &error);

    assert_null (serial);
    assert_error (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, NULL);
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_serial_passes_on),
    cmocka_unit_test (test_serial_asks_nothing_when_cancelled),
    cmocka_unit_test (test_serial_port_is_a_clean_value),
    cmocka_unit_test (test_serial_names_as_a_person_counts),
    cmocka_unit_test (test_serial_no_such_port),
  };

  return cmocka_run_group_tests_name ("core/serial/serial", tests, NULL, NULL);
}
