/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What makes one kind of virtual board differ from another: a table, one row for each kind.
 *
 * Owns nothing that changes; every other file of this room reads it. A new kind is a new row. Any
 * thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define JMP_VIRTUAL_MAX_ALTS 4

/**
 * JmpVirtualMemoryKind:
 * @JMP_VIRTUAL_FLASH: erased by sector, programming only clears bits
 * @JMP_VIRTUAL_OPTION_BYTES: overwritten as a whole, and the board resets to take them over
 * @JMP_VIRTUAL_OTP: programming only clears bits, nothing ever sets them again
 * @JMP_VIRTUAL_REGISTERS: takes what is written
 */
typedef enum {
  JMP_VIRTUAL_FLASH,
  JMP_VIRTUAL_OPTION_BYTES,
  JMP_VIRTUAL_OTP,
  JMP_VIRTUAL_REGISTERS,
} JmpVirtualMemoryKind;

typedef struct {
  const char *text; /* the DfuSe interface string; NULL ends the list */
  JmpVirtualMemoryKind kind;
} JmpVirtualAlt;

typedef struct {
  guint32 size; /* of the sector; 0 ends the list */
  guint32 us;
} JmpVirtualEraseTime;

typedef struct {
  guint32 start;
  guint32 end;
} JmpVirtualRange;

typedef struct {
  const char *kind;

  /* Descriptors */
  guint16 vendor;
  guint16 product;
  guint16 bcd_device;
  guint16 bcd_usb;
  const char *manufacturer_text;
  const char *product_text;
  const char *serial;
  guint16 transfer_size;
  JmpVirtualAlt alts[JMP_VIRTUAL_MAX_ALTS];

  /* The chip */
  guint32 start; /* of the flash; the address pointer's first value */
  JmpVirtualRange ram[2];
  guint program_unit; /* bytes */
  guint program_us;   /* for each unit */
  JmpVirtualEraseTime erase[4];
  guint mass_erase_us;
  void (*fill) (guint8 *flash, gsize size); /* NULL: blank */

  /* What GETSTATUS tells the host to wait, in ms, however long the work takes */
  guint poll_erase;
  guint poll_address;
  guint poll_block;

  /* Behaviour of the ROM */
  gboolean starts_in_error;      /* dfuERROR/errFIRMWARE after power-on */
  gboolean strict_clear_status;  /* CLRSTATUS outside dfuERROR leads to errUNKNOWN */
  gboolean stalls_while_busy;    /* instead of holding the request */
  gboolean refuses_unerased;     /* checks that a program unit is blank, and fails */
  gboolean ignores_mass_erase;   /* and says that it worked */
  gboolean has_read_unprotect;   /* command 0x92 */
  guint8 state_after_bad_upload; /* 10, or 15 where ST's stack mixes up state and status */
} JmpVirtualProfile;

const JmpVirtualProfile *jmp_virtual_profile_find (const char *kind);
const char *const *jmp_virtual_profile_kinds (void);

/* content.c: what a pyboard holds when it comes out of its box. */
void jmp_virtual_content_pyboard (guint8 *flash, gsize size);

G_END_DECLS
