/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire.h"

#include <string.h>

static gsize
parse_hex (const char *text, guint8 *out, gsize size)
{
  g_auto (GStrv) words = g_strsplit_set (text, " ", -1);
  gsize count = 0;

  for (guint i = 0; words[i] != NULL; i++) {
    if (*words[i] == '\0')
      continue;
    assert_true (count < size);
    out[count++] = (guint8)g_ascii_strtoull (words[i], NULL, 16);
  }
  return count;
}

static void
append_answer (GString *line, const JmpVirtualTransfer *transfer, gboolean in, const guint8 *data)
{
  switch (transfer->reply) {
  case JMP_VIRTUAL_STALL:
    g_string_append (line, " stall");
    return;
  case JMP_VIRTUAL_NO_ANSWER:
    g_string_append (line, " silence");
    return;
  case JMP_VIRTUAL_GONE:
    g_string_append (line, " gone");
    return;
  case JMP_VIRTUAL_OK:
    break;
  }
  if (!in || transfer->length == 0)
    g_string_append (line, " ok");
  for (gsize i = 0; in && i < transfer->length; i++)
    g_string_append_printf (line, " %02X", data[i]);
}

static char *
say (JmpVirtualBoard *board, const char *line)
{
  g_auto (GStrv) sides = g_strsplit (line, "->", 2);
  g_auto (GStrv) parts = g_strsplit (sides[0], "|", 2);
  GString *said = g_string_new (sides[0]);
  JmpVirtualTransfer transfer;
  guint8 data[4096] = { 0 };
  guint8 setup[8];

  assert_int_equal (parse_hex (parts[0], setup, sizeof setup), 8);
  if (parts[1] != NULL)
    assert_int_equal (parse_hex (parts[1], data, sizeof data), setup[6] | setup[7] << 8);
  transfer = jmp_virtual_board_control (board, setup, data);
  jmp_virtual_board_sleep_until (board, transfer.done_at);
  g_string_append (said, "->");
  append_answer (said, &transfer, (setup[0] & 0x80) != 0, data);
  return g_string_free (said, FALSE);
}

void
converse (JmpVirtualBoard *board, const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr (GString) actual = g_string_new (NULL);

  for (guint i = 0; lines[i] != NULL; i++) {
    g_autofree char *line = NULL;

    if (*lines[i] == '#' || *lines[i] == '\0')
      line = g_strdup (lines[i]);
    else
      line = say (board, lines[i]);
    g_string_append_printf (actual, "%s%s", i > 0 ? "\n" : "", line);
  }
  assert_lines_equal (actual->str, text);
}

JmpVirtualTransfer
wire_transfer (JmpVirtualBoard *board,
               guint8 request_type,
               guint8 request,
               guint16 value,
               guint8 *data,
               guint16 length)
{
  const guint8 setup[8] = {
    request_type,          request, (guint8)value, (guint8)(value >> 8), 0, 0, (guint8)length,
    (guint8)(length >> 8),
  };
  JmpVirtualTransfer transfer = jmp_virtual_board_control (board, setup, data);

  jmp_virtual_board_sleep_until (board, transfer.done_at);
  return transfer;
}

void
wire_alt (JmpVirtualBoard *board, guint8 alt)
{
  assert_int_equal (wire_transfer (board, 0x01, 11, alt, NULL, 0).reply, JMP_VIRTUAL_OK);
}

void
wire_ready (JmpVirtualBoard *board)
{
  assert_int_equal (wire_transfer (board, 0x21, 4, 0, NULL, 0).reply, JMP_VIRTUAL_OK);
}

guint8
wire_download (JmpVirtualBoard *board, guint16 block, const guint8 *data, guint16 length)
{
  g_autofree guint8 *copy = g_memdup2 (data, length);
  guint8 status[6] = { 0 };

  assert_int_equal (wire_transfer (board, 0x21, 1, block, copy, length).reply, JMP_VIRTUAL_OK);
  do {
    JmpVirtualTransfer transfer = wire_transfer (board, 0xA1, 3, 0, status, sizeof status);

    assert_int_not_equal (transfer.reply, JMP_VIRTUAL_GONE);
    if (transfer.reply == JMP_VIRTUAL_STALL)
      status[4] = 4;
  } while (status[4] == 4);
  return status[0];
}

static guint8
address_command (JmpVirtualBoard *board, guint8 command, guint32 address)
{
  const guint8 data[] = {
    command,
    (guint8)address,
    (guint8)(address >> 8),
    (guint8)(address >> 16),
    (guint8)(address >> 24),
  };

  return wire_download (board, 0, data, sizeof data);
}

guint8
wire_set_address (JmpVirtualBoard *board, guint32 address)
{
  return address_command (board, 0x21, address);
}

guint8
wire_erase (JmpVirtualBoard *board, guint32 address)
{
  return address_command (board, 0x41, address);
}

void
wire_abort (JmpVirtualBoard *board)
{
  assert_int_equal (wire_transfer (board, 0x21, 6, 0, NULL, 0).reply, JMP_VIRTUAL_OK);
}

void
wire_leave (JmpVirtualBoard *board)
{
  converse (board,
            "21 01 00 00 00 00 00 00 -> ok\n"
            "A1 03 00 00 00 00 06 00 -> 00 00 00 00 07 00");
}

void
assert_violations (JmpVirtualBoard *board, const char *expected)
{
  g_auto (GStrv) violations = jmp_virtual_board_get_violations (board);
  g_autofree char *text = g_strjoinv ("\n", violations);

  assert_lines_equal (text, expected);
  assert_int_equal (jmp_virtual_board_get_counters (board).violations, g_strv_length (violations));
}

JmpVirtualBoard *
new_board (const char *spec)
{
  g_autoptr (GError) error = NULL;
  JmpVirtualBoard *board = jmp_virtual_board_new (spec, &error);

  assert_no_error (error);
  assert_non_null (board);
  return board;
}
