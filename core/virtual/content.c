/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What boards hold when they come out of their boxes. The bytes are the same every time, so that a
 * test can tell what an operation kept; they are readable, so that a person can, too. */

#include "virtual/profile-private.h"

#include "base/bytes.h"

#include <string.h>

#define FILES_START   0x4000
#define FILES_END     0x20000
#define PROGRAM_END   0x6C000
#define STACK_TOP     0x20020000
#define RESET_HANDLER 0x08020189
#define N_VECTORS     98

/* How the factory's MicroPython names itself: where any other program would stand, too. */
#define BANNER_AT (FILES_END + 0x100)
#define BANNER    "MicroPython v1.18.0-practice on 2022-01-17; PYBv1.1 with STM32F405RG"

/* Offsets in the memory of a PYBD_SF2, whose zones stand one behind the other. */
#define PYBD_PROGRAM   0x8000
#define PYBD_FILES     0x100000
#define PYBD_CODE      0x300000
#define PYBD_CODE_SIZE 0x20000

/* See profile-private.h. */
void
jmp_virtual_content_noise (guint8 *at, gsize size, guint32 seed)
{
  guint32 x = seed;

  for (gsize i = 0; i < size; i++) {
    x ^= x << 13;
    x ^= x >> 17;
    x ^= x << 5;
    at[i] = (guint8)x;
  }
}

static void
fill_vectors (guint8 *at, guint32 stack, guint32 reset)
{
  jmp_put_u32 (at, stack);
  for (guint32 i = 1; i < N_VECTORS; i++)
    jmp_put_u32 (at + 4 * i, reset + 4 * (i - 1));
}

/* See profile-private.h. */
void
jmp_virtual_content_code (guint8 *at, gsize size, guint32 address, guint32 stack)
{
  jmp_virtual_content_noise (at, size, address | 1);
  fill_vectors (at, stack, address + 0x189);
}

static void
put_text (guint8 *at, const char *text)
{
  memcpy (at, text, strlen (text));
}

/* A FAT12 boot sector and some files, as a person finds them in PYBFLASH; the rest of the disk is
 * numbered, so that no two blocks are equal. */
static void
fill_files (guint8 *at, gsize size)
{
  for (gsize block = 0; block < size / 64; block++) {
    g_autofree char *line = g_strdup_printf (
        "block %05u of the board's own files; keep it as it is ........\n", (guint)block);

    memcpy (at + block * 64, line, 64);
  }
  memset (at, 0, 512);
  put_text (at, "\xEB\x3C\x90MSDOS5.0");
  put_text (at + 43, "PYBFLASH   FAT12   ");
  at[510] = 0x55;
  at[511] = 0xAA;
  put_text (at + 0x1000, "# boot.py -- run on boot-up\nimport pyb\n");
  put_text (at + 0x1200, "# main.py -- put your code here!\n");
}

/* Fills @flash, which a board's memory map makes @size bytes long: a program, and in the middle of
 * it, at 0x08004000, the files. */
void
jmp_virtual_content_pyboard (guint8 *flash, gsize size)
{
  memset (flash, 0xFF, size);
  if (size < PROGRAM_END)
    return;
  jmp_virtual_content_noise (flash, FILES_START - 0x400, 0x0F405);
  fill_vectors (flash, STACK_TOP, RESET_HANDLER);
  fill_files (flash + FILES_START, FILES_END - FILES_START);
  jmp_virtual_content_noise (flash + FILES_END, PROGRAM_END - FILES_END, 0x1F405);
  memcpy (flash + BANNER_AT, BANNER, sizeof BANNER);
}

/* A PYBD_SF2: mboot in the first 32 KiB, its program behind it and in the SPI flash at 0x90000000, and
 * files in that at 0x80000000. */
void
jmp_virtual_content_pybd (guint8 *flash, gsize size)
{
  memset (flash, 0xFF, size);
  if (size < PYBD_CODE + PYBD_CODE_SIZE)
    return;
  jmp_virtual_content_code (flash, 0x7000, 0x08000000, 0x20040000);
  jmp_virtual_content_code (flash + PYBD_PROGRAM, 0x40000, 0x08000000 + PYBD_PROGRAM, 0x20040000);
  fill_files (flash + PYBD_FILES, 0x40000);
  jmp_virtual_content_noise (flash + PYBD_CODE, PYBD_CODE_SIZE, 0x90000001);
}

/* A program, from the first byte almost to the last. */
void
jmp_virtual_content_program (guint8 *flash, gsize size)
{
  memset (flash, 0xFF, size);
  if (size > 0x8000)
    jmp_virtual_content_code (flash, size - 0x4000, 0x08000000, STACK_TOP);
}
