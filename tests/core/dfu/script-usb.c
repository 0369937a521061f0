/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "script-usb.h"

#include "assert-text.h"

#include "base/bytes.h"
#include "base/error.h"

#include <stdlib.h>
#include <string.h>

#define FOREVER   "forever "
#define OTHERWISE "otherwise = "

typedef struct {
  JmpUsb base;
  const char *name;
  char **lines;
  guint next;
  gint64 now;
  GString *waits;
  GBytes *descriptors;
} ScriptUsb;

static const struct {
  const char *word;
  int code;
  const char *message;
} failures[] = {
  { "stall", JMP_ERROR_STALLED, "stalled" },
  { "timeout", JMP_ERROR_TIMED_OUT, "no answer" },
  { "gone", JMP_ERROR_DISCONNECTED, "no such device" },
  { "io", JMP_ERROR_FAILED, "input/output error" },
  { "busy", JMP_ERROR_BUSY, "another program has it" },
};

/* What the script answers to @request, or a failed test. */
static const char *
answer (ScriptUsb *self, const char *request)
{
  const char *line = self->lines[self->next];
  gsize length = strlen (request);

  if (line == NULL)
    fail_msg ("%s: %s, where the script has ended", self->name, request);
  if (g_str_has_prefix (line, FOREVER)) {
    const char *otherwise = self->lines[self->next + 1];

    line += strlen (FOREVER);
    if (!g_str_has_prefix (line, request) && otherwise != NULL
        && g_str_has_prefix (otherwise, OTHERWISE))
      return otherwise + strlen (OTHERWISE);
  } else {
    self->next++;
  }
  if (strncmp (line, request, length) != 0 || !g_str_has_prefix (line + length, " = "))
    fail_msg ("%s: %s, where the script has: %s", self->name, request, line);
  return line + length + 3;
}

static gboolean
fails (ScriptUsb *self, const char *reply, guint timeout_ms, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++) {
    if (strcmp (reply, failures[i].word) != 0)
      continue;
    if (failures[i].code == JMP_ERROR_TIMED_OUT)
      self->now += (gint64)timeout_ms * 1000;
    g_set_error_literal (error, JMP_ERROR, failures[i].code, failures[i].message);
    return TRUE;
  }
  return FALSE;
}

static int
number_of (const char *word, const char *(*name) (guint8 number), guint count)
{
  for (guint i = 0; i < count; i++) {
    if (strcmp (word, name ((guint8)i)) == 0)
      return (int)i;
  }
  return (int)strtol (word, NULL, 0);
}

static gssize
put_status (const char *reply, guint8 *data)
{
  g_auto (GStrv) words = g_strsplit (reply, " ", -1);
  guint n = g_strv_length (words);

  if (n < 3 || n > 4)
    fail_msg ("no status: %s", reply);
  data[0] = (guint8)number_of (words[0], jmp_dfu_status_to_string, 16);
  jmp_put_u16 (data + 1, (guint16)strtoul (words[1], NULL, 10));
  data[3] = (guint8)(strtoul (words[1], NULL, 10) >> 16);
  data[4] = (guint8)number_of (words[2], jmp_dfu_state_to_string, 11);
  data[5] = n == 4 ? (guint8)strtoul (words[3], NULL, 0) : 0;
  return 6;
}

static gssize
put_bytes (const char *reply, guint8 *data, gsize size)
{
  g_auto (GStrv) words = g_strsplit (reply, " ", -1);
  gsize n = 0;

  if (strcmp (reply, "none") == 0 || strcmp (reply, "ok") == 0)
    return 0;
  for (; words[n] != NULL; n++) {
    assert_true (n < size);
    data[n] = (guint8)strtoul (words[n], NULL, 16);
  }
  return (gssize)n;
}

static gssize
put_string (const char *reply, guint8 *data, gsize size)
{
  gsize n = strlen (reply);

  assert_true (2 + 2 * n <= size);
  data[0] = (guint8)(2 + 2 * n);
  data[1] = 3;
  for (gsize i = 0; i < n; i++)
    jmp_put_u16 (data + 2 + 2 * i, (guint8)reply[i]);
  return data[0];
}

static char *
describe_download (const JmpUsbSetup *setup, const guint8 *data)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text, "DNLOAD %u", setup->value);
  if (setup->length > 8)
    g_string_append_printf (text, " (%u bytes)", setup->length);
  for (guint i = 0; i < setup->length && setup->length <= 8; i++)
    g_string_append_printf (text, " %02X", data[i]);
  return g_string_free (text, FALSE);
}

static char *
describe_class (const JmpUsbSetup *setup, const guint8 *data)
{
  static const char *const names[] = { "DETACH",    "DNLOAD",   "UPLOAD", "GETSTATUS",
                                       "CLRSTATUS", "GETSTATE", "ABORT" };

  assert_true (setup->request < G_N_ELEMENTS (names));
  if (setup->request == 0)
    return g_strdup_printf ("DETACH %u", setup->value);
  if (setup->request == 1)
    return describe_download (setup, data);
  if (setup->request == 2)
    return g_strdup_printf ("UPLOAD %u %u", setup->value, setup->length);
  assert_int_equal (setup->value, 0);
  return g_strdup (names[setup->request]);
}

static gssize
script_standard (
    ScriptUsb *self, const JmpUsbSetup *setup, guint8 *data, guint timeout_ms, GError **error)
{
  guint8 type = (guint8)(setup->value >> 8);
  g_autofree char *request = NULL;
  const char *reply;

  assert_int_equal (setup->request, 6);
  if (setup->value == 0x0300)
    return put_bytes ("04 03 09 04", data, setup->length);
  if (type == 3)
    request = g_strdup_printf ("STRING %u", setup->value & 0xFF);
  else
    request = g_strdup_printf ("FUNCTIONAL %s",
                               setup->request_type == 0x81 ? "interface" : "device");
  reply = answer (self, request);
  if (fails (self, reply, timeout_ms, error))
    return -1;
  return type == 3 ? put_string (reply, data, setup->length)
                   : put_bytes (reply, data, setup->length);
}

static gssize
script_control (JmpUsb *base,
                const JmpUsbSetup *setup,
                guint8 *data,
                guint timeout_ms,
                GCancellable *cancellable,
                GError **error)
{
  ScriptUsb *self = (ScriptUsb *)(void *)base;
  g_autofree char *request = NULL;
  const char *reply;

  if ((setup->request_type & 0x60) == 0)
    return script_standard (self, setup, data, timeout_ms, error);
  request = describe_class (setup, data);
  assert_int_equal (setup->request_type,
                    setup->request == 2 || setup->request == 3 || setup->request == 5 ? 0xA1
                                                                                      : 0x21);
  reply = answer (self, request);
  if (fails (self, reply, timeout_ms, error))
    return -1;
  if (setup->request == 3 && strstr (reply, " ") != NULL && !g_ascii_isdigit (reply[0]))
    return put_status (reply, data);
  if ((setup->request_type & 0x80) == 0)
    return strcmp (reply, "none") == 0 ? 0 : setup->length;
  return put_bytes (reply, data, setup->length);
}

static GBytes *
script_descriptors (JmpUsb *base, GError **error)
{
  ScriptUsb *self = (ScriptUsb *)(void *)base;

  if (self->descriptors != NULL)
    return g_bytes_ref (self->descriptors);
  g_set_error_literal (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, "no such device");
  return NULL;
}

static gboolean
plain (JmpUsb *base, const char *request, GError **error)
{
  ScriptUsb *self = (ScriptUsb *)(void *)base;

  return !fails (self, answer (self, request), 0, error);
}

static gboolean
script_claim (JmpUsb *base, guint8 interface, GError **error)
{
  g_autofree char *request = g_strdup_printf ("CLAIM %u", interface);

  return plain (base, request, error);
}

static gboolean
script_set_alt (JmpUsb *base, guint8 interface, guint8 alt, GError **error)
{
  g_autofree char *request = g_strdup_printf ("SETALT %u", alt);

  return plain (base, request, error);
}

static gboolean
script_reset (JmpUsb *base, GError **error)
{
  return plain (base, "RESET", error);
}

static gint64
script_now (JmpUsb *base)
{
  return ((ScriptUsb *)(void *)base)->now;
}

static gboolean
script_wait (JmpUsb *base, guint ms, GCancellable *cancellable, GError **error)
{
  ScriptUsb *self = (ScriptUsb *)(void *)base;

  g_string_append_printf (self->waits, self->waits->len > 0 ? " %u" : "%u", ms);
  self->now += (gint64)ms * 1000;
  return TRUE;
}

static void
script_free (JmpUsb *base)
{
  ScriptUsb *self = (ScriptUsb *)(void *)base;

  g_strfreev (self->lines);
  g_string_free (self->waits, TRUE);
  g_clear_pointer (&self->descriptors, g_bytes_unref);
  g_free (self);
}

JmpUsb *
script_usb_new (const char *name, const char *script)
{
  static const JmpUsbOps ops = {
    .descriptors = script_descriptors,
    .claim = script_claim,
    .set_alt = script_set_alt,
    .control = script_control,
    .reset = script_reset,
    .now = script_now,
    .wait = script_wait,
    .free = script_free,
  };
  ScriptUsb *self = g_new0 (ScriptUsb, 1);
  g_autofree char *text = g_strchomp (g_strdup (script));

  self->base.ops = &ops;
  self->name = name;
  self->lines = g_strsplit (text, "\n", -1);
  self->waits = g_string_new (NULL);
  return &self->base;
}

void
script_usb_set_descriptors (JmpUsb *usb, const guint8 *data, gsize size)
{
  ScriptUsb *self = (ScriptUsb *)(void *)usb;

  self->descriptors = g_bytes_new (data, size);
}

const char *
script_usb_waits (JmpUsb *usb)
{
  return ((ScriptUsb *)(void *)usb)->waits->str;
}

guint
script_usb_elapsed_ms (JmpUsb *usb)
{
  return (guint)(script_now (usb) / 1000);
}

void
script_usb_assert_finished (JmpUsb *usb)
{
  ScriptUsb *self = (ScriptUsb *)(void *)usb;
  const char *line = self->lines[self->next];

  if (line != NULL && !g_str_has_prefix (line, FOREVER))
    fail_msg ("%s: the script still has: %s", self->name, line);
}

JmpDfuInfo *
script_info_new (guint16 vid, guint16 pid, guint16 bcd_device)
{
  guint8 data[] = {
    18, 1,    0x00, 0x01, 0,    0,    0,    64,   0,    0, 0, 0, 0, 0, 0, 0, 0, 1, /* device */
    9,  2,    36,   0,    1,    1,    0,    0xC0, 50,   /* configuration */
    9,  4,    0,    0,    0,    0xFE, 1,    2,    0,    /* alt 0 */
    9,  4,    0,    1,    0,    0xFE, 1,    2,    0,    /* alt 1 */
    9,  0x21, 0x0B, 0xFF, 0x00, 0x00, 0x08, 0x1A, 0x01, /* functional */
  };
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  JmpDfuInfo *info;

  jmp_put_u16 (data + 8, vid);
  jmp_put_u16 (data + 10, pid);
  jmp_put_u16 (data + 12, bcd_device);
  bytes = g_bytes_new (data, sizeof data);
  info = jmp_dfu_info_parse (bytes, &error);
  assert_no_error (error);
  return info;
}

JmpDfu *
script_dfu_new (const char *name, const char *script, guint16 vid, guint16 pid, guint16 bcd_device)
{
  g_autoptr (JmpDfuInfo) info = script_info_new (vid, pid, bcd_device);
  g_autofree char *text = g_strconcat ("CLAIM 0 = ok\n", script, NULL);
  g_autoptr (GError) error = NULL;
  JmpDfu *dfu = jmp_dfu_open (script_usb_new (name, text), info, &error);

  assert_no_error (error);
  return dfu;
}

void
script_check_end (JmpDfu *dfu, const ScriptRow *row, gboolean done, const GError *error)
{
  JmpUsb *usb = jmp_dfu_get_usb (dfu);

  if (done != (row->code == SCRIPT_OK) || done != (error == NULL))
    fail_msg ("%s: %s", row->name, error != NULL ? error->message : "no error");
  if (error != NULL) {
    if (!g_error_matches (error, JMP_ERROR, row->code))
      print_message ("row: %s\n", row->name);
    assert_error (error, JMP_ERROR, row->code, row->message);
  }
  if (row->waits != NULL && strcmp (script_usb_waits (usb), row->waits) != 0)
    fail_msg ("%s: waited %s", row->name, script_usb_waits (usb));
  script_usb_assert_finished (usb);
  jmp_dfu_free (dfu);
}
