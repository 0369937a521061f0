/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What makes one kind of virtual board differ from another: tables, one row for each kind.
 *
 * Owns nothing that changes; every other file of this room reads it. A new kind is a new row. Any
 * thread. */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define JMP_VIRTUAL_MAX_ALTS 4

/**
 * JmpVirtualMemoryKind:
 * @JMP_VIRTUAL_FLASH: erased by sector, programming only clears bits; on some parts it only sets them
 * @JMP_VIRTUAL_EEPROM: takes what is written, byte by byte
 * @JMP_VIRTUAL_OPTION_BYTES: overwritten as a whole, and the board resets to take them over
 * @JMP_VIRTUAL_OTP: programming only clears bits, nothing ever sets them again
 * @JMP_VIRTUAL_REGISTERS: takes what is written
 */
typedef enum {
  JMP_VIRTUAL_FLASH,
  JMP_VIRTUAL_EEPROM,
  JMP_VIRTUAL_OPTION_BYTES,
  JMP_VIRTUAL_OTP,
  JMP_VIRTUAL_REGISTERS,
} JmpVirtualMemoryKind;

typedef void (*JmpVirtualFillFunc) (guint8 *bytes, gsize size);

/**
 * JmpVirtualAlt:
 * @text: the interface string; %NULL ends the list
 * @kind: what stands behind it
 * @map: the memory map that is true, where @text is none or lies
 * @is_view: the memory is that of alt setting 0, seen through another string
 * @base: of a plain DFU board: where its block 0 goes
 * @also_erased: a page that is erased with block 0; 0: none
 * @refuses: takes no file, and says so with errTARGET
 * @poll_erase: poll time-out of its erase, in ms; 0: as the board's
 * @poll_block: that of its data blocks
 * @fill: what it holds when it is new; %NULL: blank
 */
typedef struct {
  const char *text;
  JmpVirtualMemoryKind kind;
  const char *map;
  gboolean is_view;
  guint32 base;
  guint32 also_erased;
  gboolean refuses;
  guint poll_erase;
  guint poll_block;
  JmpVirtualFillFunc fill;
} JmpVirtualAlt;

typedef struct {
  guint32 size; /* of the sector; 0 ends the list */
  guint32 us;
} JmpVirtualEraseTime;

typedef struct {
  guint32 start;
  guint32 end;
} JmpVirtualRange;

/* Where erasing and writing answers errADDRESS, with a string to say why. */
typedef struct {
  JmpVirtualRange range;
  guint8 string;
} JmpVirtualRefusal;

/* A string descriptor of a number of its own. */
typedef struct {
  guint8 index; /* 0 ends the list */
  const char *text;
} JmpVirtualString;

/* What a CLRSTATUS outside dfuERROR does. */
typedef enum {
  JMP_VIRTUAL_CLEAR_SHRUGS,
  JMP_VIRTUAL_CLEAR_MAKES_AN_ERROR,
  JMP_VIRTUAL_CLEAR_STALLS,
} JmpVirtualClear;

/**
 * JmpVirtualLeave:
 * @JMP_VIRTUAL_LEAVE_ANSWERS: the GETSTATUS gets dfuMANIFEST, then the board goes
 * @JMP_VIRTUAL_LEAVE_STALLS: it goes, and the GETSTATUS stalls
 * @JMP_VIRTUAL_LEAVE_AT_ONCE: it goes on the empty DNLOAD, before any GETSTATUS
 * @JMP_VIRTUAL_LEAVE_WAITS: it stays until a USB reset (DFU 1.1: not manifestation tolerant)
 * @JMP_VIRTUAL_LEAVE_STAYS: it goes back to dfuIDLE (DFU 1.1: manifestation tolerant)
 *
 * What the board does about an empty DNLOAD and the GETSTATUS behind it.
 */
typedef enum {
  JMP_VIRTUAL_LEAVE_ANSWERS,
  JMP_VIRTUAL_LEAVE_STALLS,
  JMP_VIRTUAL_LEAVE_AT_ONCE,
  JMP_VIRTUAL_LEAVE_WAITS,
  JMP_VIRTUAL_LEAVE_STAYS,
} JmpVirtualLeave;

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
  guint8 protocol;   /* bInterfaceProtocol */
  guint8 attributes; /* bmAttributes */
  guint16 dfu_version;
  guint16 transfer_size;
  JmpVirtualAlt alts[JMP_VIRTUAL_MAX_ALTS];
  JmpVirtualString strings[4];
  gboolean has_run_time;          /* its program may have a DFU interface, too */
  guint16 run_time_product;       /* idProduct then; 0: the same */
  gboolean short_functional;      /* DFU 1.0: 7 bytes, without the version */
  gboolean hides_functional;      /* not given when it is asked for by itself */
  gboolean eight_bit_serial;      /* not UTF-16 */
  gboolean truncated_alt_strings; /* bLength says one character more than comes */

  /* The chip */
  guint32 start; /* of the flash; the address pointer's first value */
  guint32
      programs[2]; /* where a loader of its own looks for one; none: a ROM jumps to the pointer */
  JmpVirtualRange ram[2];
  guint program_unit; /* bytes */
  guint program_us;   /* for each unit */
  JmpVirtualEraseTime erase[4];
  guint mass_erase_us;
  gboolean erases_to_zero; /* what is erased reads 0x00; elsewhere 0xFF */
  guint32 protection_at;   /* the option byte with the read protection's level; 0: none */
  JmpVirtualRefusal refusals[2];
  guint32 not_erased; /* a sector that an erase passes over; 0: none */

  /* What GETSTATUS tells the host to wait, in ms, however long the work takes */
  guint32 poll_erase;
  guint32 poll_address;
  guint32 poll_block;

  /* Behaviour of the boot loader */
  gboolean is_plain;        /* DFU 1.1 alone: no commands, blocks from 0 */
  gboolean starts_in_error; /* dfuERROR/errFIRMWARE after power-on */
  JmpVirtualClear clear_status;
  JmpVirtualLeave leave;
  gboolean stalls_while_busy;    /* instead of holding the request */
  gboolean refuses_unerased;     /* checks that a program unit is blank, and fails */
  gboolean ignores_mass_erase;   /* and says that it worked */
  gboolean erases_starts_only;   /* an address inside a sector erases nothing, and that "worked" */
  gboolean has_read_unprotect;   /* command 0x92 */
  gboolean is_silent;            /* neither answers nor stalls what it does not know: mboot */
  guint16 longest_block;         /* longer ones stall, whatever the descriptor says; 0: none does */
  guint stalls_one_in;           /* of that many data blocks, one stalls at random; 0: none */
  guint8 state_after_bad_upload; /* 10, or 15 where ST's stack mixes up state and status */
} JmpVirtualProfile;

const JmpVirtualProfile *jmp_virtual_profile_find (const char *kind);
const char *const *jmp_virtual_profile_kinds (void);
const JmpVirtualRefusal *jmp_virtual_refusal_find (const JmpVirtualProfile *profile,
                                                   guint32 address);

/* A table of rows. */
typedef struct {
  const JmpVirtualProfile *rows;
  gsize n_rows;
} JmpVirtualProfiles;

/* The tables, in the order in which people see the kinds: profile-st.c has ST's own boot loaders and
 * their copies, profile-dfuse.c others that speak DfuSe, profile-plain.c those that do not. */
JmpVirtualProfiles jmp_virtual_profiles_st (void);
JmpVirtualProfiles jmp_virtual_profiles_dfuse (void);
JmpVirtualProfiles jmp_virtual_profiles_plain (void);

/* What boards hold when they come out of their boxes: content.c */
void jmp_virtual_content_pyboard (guint8 *flash, gsize size);
void jmp_virtual_content_pybd (guint8 *flash, gsize size);
void jmp_virtual_content_program (guint8 *flash, gsize size);
/* Option bytes: content-options.c */
void jmp_virtual_content_options (guint8 *bytes, gsize size);
void jmp_virtual_content_options_f0 (guint8 *bytes, gsize size);
void jmp_virtual_content_options_f7 (guint8 *bytes, gsize size);
void jmp_virtual_content_options_h7 (guint8 *bytes, gsize size);
void jmp_virtual_content_options_l4 (guint8 *bytes, gsize size);
void jmp_virtual_content_options_l0 (guint8 *bytes, gsize size);
void jmp_virtual_content_eeprom (guint8 *bytes, gsize size);
/* Of Particle's boards and of those with a boot loader in their flash: content-loader.c */
void jmp_virtual_content_bluepill (guint8 *flash, gsize size);
void jmp_virtual_content_core (guint8 *flash, gsize size);
void jmp_virtual_content_core_spi (guint8 *flash, gsize size);
void jmp_virtual_content_photon (guint8 *flash, gsize size);
void jmp_virtual_content_dct (guint8 *flash, gsize size);

/* content.c, for content-loader.c: bytes that look like a program, with a vector table in front. */
void jmp_virtual_content_code (guint8 *at, gsize size, guint32 address, guint32 stack);
/* Not random, only unlike anything that a mistake would produce; the same for the same seed. */
void jmp_virtual_content_noise (guint8 *at, gsize size, guint32 seed);

G_END_DECLS
