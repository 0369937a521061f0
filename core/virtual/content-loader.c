/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What boards with a boot loader in their flash hold: the loader, a program, and on Particle's boards
 * the keys without which they never reach their cloud again. */

#include "virtual/profile-private.h"

#include <string.h>

#define F103_STACK 0x20005000
#define F205_STACK 0x20020000

#define BLUEPILL_PROGRAM 0x2000
#define CORE_PROGRAM     0x5000

/* In the Core's SPI flash */
#define CORE_SERVER_KEY    0x1000
#define CORE_SERVER_NAME   0x1180
#define CORE_DEVICE_KEY    0x2000
#define CORE_FACTORY       0x20000
#define CORE_PROGRAM_BYTES 0x12000

/* In the Photon's device configuration table */
#define DCT_DEVICE_KEY  34
#define DCT_SERVER_KEY  2082
#define DCT_SERVER_NAME (DCT_SERVER_KEY + 384)

/* How a key begins in DER, and so many bytes it has */
static const guint8 public_key[] = {
  0x30, 0x82, 0x01, 0x22, 0x30, 0x0D, 0x06, 0x09, 0x2A, 0x86, 0x48, 0x86,
  0xF7, 0x0D, 0x01, 0x01, 0x01, 0x05, 0x00, 0x03, 0x82, 0x01, 0x0F, 0x00,
};
static const guint8 private_key[] = {
  0x30, 0x82, 0x02, 0x5D, 0x02, 0x01, 0x00, 0x02, 0x81, 0x81, 0x00,
};
#define PUBLIC_KEY_BYTES  294
#define PRIVATE_KEY_BYTES 612

static void
put_key (guint8 *at, const guint8 *head, gsize head_size, gsize size, guint32 seed)
{
  jmp_virtual_content_noise (at, size, seed);
  memcpy (at, head, head_size);
}

/* A server by name: type 1, length, text. */
static void
put_server (guint8 *at, const char *name)
{
  at[0] = 1;
  at[1] = (guint8)strlen (name);
  memcpy (at + 2, name, strlen (name));
}

/* The boot loader of 8 KiB and a small program linked for 0x08002000. */
void
jmp_virtual_content_bluepill (guint8 *flash, gsize size)
{
  memset (flash, 0xFF, size);
  if (size < 0x10000)
    return;
  jmp_virtual_content_code (flash, 0x1E00, 0x08000000, F103_STACK);
  jmp_virtual_content_code (flash + BLUEPILL_PROGRAM, 0x3000, 0x08002000, F103_STACK);
}

/* A Spark Core's boot loader and program. */
void
jmp_virtual_content_core (guint8 *flash, gsize size)
{
  memset (flash, 0xFF, size);
  if (size < 0x20000)
    return;
  jmp_virtual_content_code (flash, 0x4800, 0x08000000, F103_STACK);
  jmp_virtual_content_code (
      flash + CORE_PROGRAM, CORE_PROGRAM_BYTES, 0x08000000 + CORE_PROGRAM, F103_STACK);
}

/* Its SPI flash: keys, and the program that it goes back to. */
void
jmp_virtual_content_core_spi (guint8 *flash, gsize size)
{
  memset (flash, 0xFF, size);
  if (size < CORE_FACTORY + CORE_PROGRAM_BYTES)
    return;
  put_key (
      flash + CORE_SERVER_KEY, public_key, sizeof public_key, PUBLIC_KEY_BYTES, CORE_SERVER_KEY);
  put_server (flash + CORE_SERVER_NAME, "device.spark.io");
  put_key (
      flash + CORE_DEVICE_KEY, private_key, sizeof private_key, PRIVATE_KEY_BYTES, CORE_DEVICE_KEY);
  jmp_virtual_content_code (
      flash + CORE_FACTORY, CORE_PROGRAM_BYTES, 0x08000000 + CORE_PROGRAM, F103_STACK);
}

/* A Photon: boot loader, the two system parts and the user's. */
void
jmp_virtual_content_photon (guint8 *flash, gsize size)
{
  static const guint32 programs[] = { 0x0, 0x20000, 0x60000, 0xA0000 };

  memset (flash, 0xFF, size);
  if (size < 0x100000)
    return;
  for (guint i = 0; i < G_N_ELEMENTS (programs); i++)
    jmp_virtual_content_code (flash + programs[i], 0x3800, 0x08000000 + programs[i], F205_STACK);
}

/* Its device configuration table. */
void
jmp_virtual_content_dct (guint8 *flash, gsize size)
{
  memset (flash, 0xFF, size);
  if (size < 0x4000)
    return;
  put_key (
      flash + DCT_DEVICE_KEY, private_key, sizeof private_key, PRIVATE_KEY_BYTES, DCT_DEVICE_KEY);
  put_key (flash + DCT_SERVER_KEY, public_key, sizeof public_key, PUBLIC_KEY_BYTES, DCT_SERVER_KEY);
  put_server (flash + DCT_SERVER_NAME, "device.spark.io");
}
