/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a board itself needs for a piece of work, whoever the host is:
 *
 *   bench-floor KIND OPERATION:ADDRESS:LENGTH…
 *
 * with the operations erase (every sector that has one of these bytes), write and read, in blocks of
 * the board's transfer size. Each is done on a board with a fake clock, and what the board counts for
 * it is added up: the time that it is busy erasing and programming, and the wire time of the blocks of
 * data. Whatever else DFU asks for (addresses, polls) is no part of a floor. Prints one JSON object,
 * in microseconds. Speaks to the board itself, not through core/dfu: a host that wastes time must
 * not set its own measure. */

#include "base/bytes.h"
#include "virtual/board.h"

#include <stdio.h>

#define DNLOAD       1
#define UPLOAD       2
#define GETSTATUS    3
#define CLRSTATUS    4
#define ABORT        6
#define SET_ADDRESS  0x21
#define ERASE        0x41
#define FIRST_BLOCK  2
#define COMMAND_SIZE 5
#define TO_DEVICE    0x21
#define TO_HOST      0xA1
#define ERROR_STATE  10
#define MAX_BLOCK    4096

/**
 * Floor:
 * @erase: busy erasing
 * @program: busy programming
 * @send: the data's way to the board
 * @receive: the data's way from the board
 */
typedef struct {
  JmpVirtualBoard *board;
  gsize block_size;
  guint64 erase;
  guint64 program;
  guint64 send;
  guint64 receive;
} Floor;

/* Returns: whether the board took it; what it counted meanwhile is added to @wire and @busy */
static gboolean
request (Floor *self,
         guint8 type,
         guint8 what,
         guint16 value,
         guint8 *data,
         guint16 length,
         guint64 *wire,
         guint64 *busy)
{
  JmpVirtualCounters before = jmp_virtual_board_get_counters (self->board);
  guint8 setup[8] = { type, what };
  JmpVirtualTransfer transfer;
  JmpVirtualCounters after;

  jmp_put_u16 (setup + 2, value);
  jmp_put_u16 (setup + 6, length);
  transfer = jmp_virtual_board_control (self->board, setup, data);
  jmp_virtual_board_sleep_until (self->board, transfer.done_at);
  after = jmp_virtual_board_get_counters (self->board);
  *wire += after.wire_us - before.wire_us;
  *busy += after.busy_us - before.busy_us;
  return transfer.reply == JMP_VIRTUAL_OK && transfer.length == length;
}

/* DNLOAD, and the two GETSTATUS that start and end the work (AN3156, 5). */
static gboolean
download (Floor *self, guint16 block, guint8 *data, guint16 length, guint64 *wire, guint64 *busy)
{
  guint8 status[6];
  guint64 ignored = 0;

  return request (self, TO_DEVICE, DNLOAD, block, data, length, wire, busy)
         && request (self, TO_HOST, GETSTATUS, 0, status, sizeof status, &ignored, busy)
         && request (self, TO_HOST, GETSTATUS, 0, status, sizeof status, &ignored, busy)
         && status[0] == 0;
}

static gboolean
command (Floor *self, guint8 what, guint32 address, guint64 *busy)
{
  guint8 data[COMMAND_SIZE] = { what };
  guint64 ignored = 0;

  jmp_put_u32 (data + 1, address);
  return download (self, 0, data, sizeof data, &ignored, busy);
}

static gboolean
simple (Floor *self, guint8 what)
{
  guint64 ignored = 0;

  return request (self, TO_DEVICE, what, 0, NULL, 0, &ignored, &ignored);
}

static gboolean
erase (Floor *self, guint32 address, guint32 length)
{
  JmpLayout *layout = jmp_virtual_board_get_layout (self->board, 0);
  guint64 at = address;
  JmpSector sector;

  while (at < (guint64)address + length) {
    if (!jmp_layout_find (layout, (guint32)at, &sector)
        || !command (self, ERASE, sector.address, &self->erase))
      return FALSE;
    at = jmp_sector_end (&sector);
  }
  return TRUE;
}

static gboolean
write_blocks (Floor *self, guint32 address, guint32 length)
{
  guint8 data[MAX_BLOCK] = { 0 };
  guint64 ignored = 0;

  for (guint32 done = 0; done < length;) {
    guint16 count = (guint16)MIN (length - done, self->block_size);

    if (!command (self, SET_ADDRESS, address + done, &ignored)
        || !download (self, FIRST_BLOCK, data, count, &self->send, &self->program))
      return FALSE;
    done += count;
  }
  return TRUE;
}

static gboolean
read_blocks (Floor *self, guint32 address, guint32 length)
{
  guint8 data[MAX_BLOCK];
  guint64 ignored = 0;

  for (guint32 done = 0; done < length;) {
    guint16 count = (guint16)MIN (length - done, self->block_size);

    if (!command (self, SET_ADDRESS, address + done, &ignored) || !simple (self, ABORT)
        || !request (self, TO_HOST, UPLOAD, FIRST_BLOCK, data, count, &self->receive, &ignored)
        || !simple (self, ABORT))
      return FALSE;
    done += count;
  }
  return TRUE;
}

static gboolean
operate (Floor *self, const char *text)
{
  static const struct {
    const char *name;
    gboolean (*run) (Floor *self, guint32 address, guint32 length);
  } operations[] = { { "erase", erase }, { "write", write_blocks }, { "read", read_blocks } };
  g_auto (GStrv) words = g_strsplit (text, ":", -1);
  guint64 length = 0;
  guint64 address = 0;
  char *end = NULL;

  if (g_strv_length (words) != 3
      || !g_ascii_string_to_unsigned (words[2], 10, 0, G_MAXUINT32, &length, NULL))
    return FALSE;
  address = g_ascii_strtoull (words[1], &end, 0);
  for (gsize i = 0; i < G_N_ELEMENTS (operations); i++)
    if (g_str_equal (words[0], operations[i].name) && *end == '\0' && address <= G_MAXUINT32)
      return operations[i].run (self, (guint32)address, (guint32)length);
  return FALSE;
}

/* To dfuIDLE, out of the dfuERROR that some boards begin with. */
static gboolean
begin (Floor *self)
{
  guint8 status[6];
  guint64 ignored = 0;
  gsize size;
  g_autoptr (GBytes) descriptors = jmp_virtual_board_get_descriptors (self->board);
  const guint8 *data = g_bytes_get_data (descriptors, &size);

  /* wTransferSize, in the functional descriptor at the end (DFU 1.1, 4.1.3) */
  self->block_size = MIN (jmp_get_u16 (data + size - 4), MAX_BLOCK);
  return request (self, TO_HOST, GETSTATUS, 0, status, sizeof status, &ignored, &ignored)
         && (status[4] != ERROR_STATE || simple (self, CLRSTATUS));
}

int
main (int argc, char **argv)
{
  g_autofree char *spec = g_strconcat (argc > 1 ? argv[1] : "", ",speed=0", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpVirtualBoard) board = jmp_virtual_board_new (spec, &error);
  Floor self = { .board = board };

  if (board == NULL || !begin (&self)) {
    fprintf (stderr, "bench-floor: %s\n", error != NULL ? error->message : "the board fails");
    return 2;
  }
  for (int i = 2; i < argc; i++)
    if (!operate (&self, argv[i])) {
      fprintf (stderr, "bench-floor: %s: the board refuses it, or it makes no sense\n", argv[i]);
      return 2;
    }
  printf ("{\"erase_us\":%" G_GUINT64_FORMAT ",\"program_us\":%" G_GUINT64_FORMAT
          ",\"send_us\":%" G_GUINT64_FORMAT ",\"receive_us\":%" G_GUINT64_FORMAT "}\n",
          self.erase,
          self.program,
          self.send,
          self.receive);
  return 0;
}
