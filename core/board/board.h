/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* What is known about one kind of board: an immutable, ref-counted value out of the catalogue.
 *
 * Borrow the members; do not change them. Members called "words" are English sentences for people
 * who are new to this; the front ends translate them. Any thread. */

#pragma once

#include "dfu/info.h"

G_BEGIN_DECLS

/**
 * JmpRegionKind:
 * @JMP_REGION_VECTORS: the start of the firmware: its vector table
 * @JMP_REGION_CODE: the firmware
 * @JMP_REGION_FILES: the person's files
 * @JMP_REGION_ROMFS: read-only files that a program was deployed with
 * @JMP_REGION_BOOT_LOADER: the program that takes the update
 * @JMP_REGION_KEYS: keys that belong to this one board and cannot be had again
 * @JMP_REGION_SETTINGS: settings, and memory that stands in for an EEPROM
 * @JMP_REGION_UPDATE: where an update over the air or a spare firmware is kept
 * @JMP_REGION_RADIO: the firmware of a wireless coprocessor
 * @JMP_REGION_OPTION_BYTES: settings of the chip itself
 * @JMP_REGION_OTP: memory that can be written once
 * @JMP_REGION_FEATURES: a switch of the boot loader, and no memory
 *
 * What stands in a part of a board's memory. The last three come from a board's memory map (regions.h)
 * and not from the catalogue.
 */
typedef enum {
  JMP_REGION_VECTORS,
  JMP_REGION_CODE,
  JMP_REGION_FILES,
  JMP_REGION_ROMFS,
  JMP_REGION_BOOT_LOADER,
  JMP_REGION_KEYS,
  JMP_REGION_SETTINGS,
  JMP_REGION_UPDATE,
  JMP_REGION_RADIO,
  JMP_REGION_OPTION_BYTES,
  JMP_REGION_OTP,
  JMP_REGION_FEATURES,
} JmpRegionKind;

/**
 * JmpRegion:
 * @kind: what is kept there
 * @alt: the alt setting that has it
 * @address: its first byte
 * @size: its bytes, at least 1; it ends at or below 4 GiB
 * @reserved: never to be erased or written by an update
 * @name: what to call it, such as "PYBFLASH"
 *
 * Regions of a board stand by alt setting and address, and do not overlap.
 */
typedef struct {
  JmpRegionKind kind;
  guint8 alt;
  guint32 address;
  guint32 size;
  gboolean reserved;
  char *name;
} JmpRegion;

/**
 * JmpUsbId:
 * @vid: idVendor
 * @pid: idProduct
 */
typedef struct {
  guint16 vid;
  guint16 pid;
} JmpUsbId;

/**
 * JmpWords:
 * @code: a short name that does not change ("DP", "pyboard_jumper", "mass_erase")
 * @words: (nullable): what to tell a person
 */
typedef struct {
  char *code;
  char *words;
} JmpWords;

/**
 * JmpAdviceKind:
 * @JMP_ADVICE_NOTE: good to know
 * @JMP_ADVICE_WARN: to be said before an update
 * @JMP_ADVICE_REFUSE: no update unless the person insists
 */
typedef enum {
  JMP_ADVICE_NOTE,
  JMP_ADVICE_WARN,
  JMP_ADVICE_REFUSE,
} JmpAdviceKind;

/**
 * JmpAdvice:
 * @kind: how serious it is
 * @reason: code and words
 */
typedef struct {
  JmpAdviceKind kind;
  JmpWords reason;
} JmpAdvice;

/**
 * JmpBoard:
 * @id: its name in the world of its firmware, such as "PYBV11"; also the start of file names
 * @old_names: (array zero-terminated=1): what it was called before
 * @product: what it is sold as
 * @vendor: who makes it
 * @machine: (nullable): what its firmware calls it: "PYBv1.1" of "PYBv1.1 with STM32F405RG"
 * @mcu: what its firmware calls the chip
 * @part: (nullable): the chip
 * @flash_size: bytes of internal flash, or 0 when it has none or none is known
 * @map_size: the most bytes of internal flash that its boot loader may claim in the memory map, which
 *   can be more than the chip has; or 0
 * @ram_size: bytes of all internal RAM, or 0 when not known
 * @sectors: (element-type JmpSectorRun): internal flash as runs of equal sectors by address; perhaps
 *   none
 * @regions: (element-type JmpRegion): what stands where
 * @elements: (element-type guint32): where the parts of its firmware file start
 * @leave_address: where the boot loader is told to go on
 * @boot_loader: "st-rom", "mboot", "arduino", "lego+mboot" or "particle"
 * @dfu_ids: (element-type JmpUsbId): in DFU mode, the usual one first
 * @normal_ids: (element-type JmpUsbId): while the firmware runs; none when it has no USB
 * @entries: (element-type JmpWords): ways into DFU mode, the easiest first
 * @variants: (element-type JmpWords): other builds of its firmware; the standard one has no name
 * @advice: (element-type JmpAdvice): the most serious first
 * @has_stlink: whether there is a debugger on the board, with a USB connector of its own
 * @files_internal: whether the person's files are in internal flash
 * @sources: (array zero-terminated=1): ids of the #JmpSource values that have releases for it
 * @since: (nullable): the first stable version that was built for it
 * @page: (nullable): web page of its firmware
 * @url: (nullable): web page of the board
 */
typedef struct {
  char *id;
  GStrv old_names;
  char *product;
  char *vendor;
  char *machine;
  char *mcu;
  char *part;
  guint32 flash_size;
  guint32 map_size;
  guint32 ram_size;
  GArray *sectors;
  GArray *regions;
  GArray *elements;
  guint32 leave_address;
  char *boot_loader;
  GArray *dfu_ids;
  GArray *normal_ids;
  GArray *entries;
  GArray *variants;
  GArray *advice;
  gboolean has_stlink;
  gboolean files_internal;
  GStrv sources;
  char *since;
  char *page;
  char *url;
} JmpBoard;

/**
 * JmpFit:
 * @JMP_FIT_NO: another board
 * @JMP_FIT_IDS: the USB ids agree, the memory map is not known or says nothing
 * @JMP_FIT_MAP: the USB ids agree, and so does the memory map
 */
typedef enum {
  JMP_FIT_NO,
  JMP_FIT_IDS,
  JMP_FIT_MAP,
} JmpFit;

JmpBoard *jmp_board_ref (JmpBoard *self);
void jmp_board_unref (JmpBoard *self);
gboolean jmp_board_is_called (JmpBoard *self, const char *name);
const char *jmp_board_find_variant (JmpBoard *self, const char *name);
gboolean jmp_board_has_source (JmpBoard *self, const char *id);
const JmpRegion *jmp_board_find_region (JmpBoard *self, guint8 alt, guint32 address);
JmpAdviceKind jmp_board_get_advice (JmpBoard *self);
JmpFit jmp_board_fits (JmpBoard *self, const JmpDfuInfo *info);
const char *jmp_region_kind_to_string (JmpRegionKind kind);
gboolean jmp_region_kind_from_string (const char *text, JmpRegionKind *out);
const char *jmp_advice_kind_to_string (JmpAdviceKind kind);
gboolean jmp_advice_kind_from_string (const char *text, JmpAdviceKind *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpBoard, jmp_board_unref)

G_END_DECLS
