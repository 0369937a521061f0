/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "base/error.h"
#include "dfu/layout.h"

#include <string.h>

typedef struct {
  const char *name;
  const char *text;
  const char *expected;
} Row;

/* What boards in the field send, spaces and all. */
static const Row devices[] = {
  { "F405",
    "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg",
    "0x08000000 4 x 16 KiB g\n"
    "0x08010000 1 x 64 KiB g\n"
    "0x08020000 7 x 128 KiB g\n" },
  { "F405 option bytes", "@Option Bytes  /0x1FFFC000/01*016 e", "0x1FFFC000 1 x 16 B e\n" },
  { "F405 OTP",
    "@OTP Memory /0x1FFF7800/01*512 e,01*016 e",
    "0x1FFF7800 1 x 512 B e\n"
    "0x1FFF7A00 1 x 16 B e\n" },
  { "F405 device feature", "@Device Feature/0xFFFF0000/01*004 e", "0xFFFF0000 1 x 4 B e\n" },
  { "F42x, two banks",
    "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg,04*016Kg,01*064Kg,07*128Kg",
    "0x08000000 4 x 16 KiB g\n"
    "0x08010000 1 x 64 KiB g\n"
    "0x08020000 7 x 128 KiB g\n"
    "0x08100000 4 x 16 KiB g\n"
    "0x08110000 1 x 64 KiB g\n"
    "0x08120000 7 x 128 KiB g\n" },
  { "F76x",
    "@Internal Flash  /0x08000000/04*032Kg,01*128Kg,07*256Kg",
    "0x08000000 4 x 32 KiB g\n"
    "0x08020000 1 x 128 KiB g\n"
    "0x08040000 7 x 256 KiB g\n" },
  { "F74x",
    "@Internal Flash  /0x08000000/04*032Kg,01*128Kg,03*256Kg",
    "0x08000000 4 x 32 KiB g\n"
    "0x08020000 1 x 128 KiB g\n"
    "0x08040000 3 x 256 KiB g\n" },
  { "L073, no multiplier",
    "@Internal Flash  /0x08000000/1536*128g",
    "0x08000000 1536 x 128 B g\n" },
  { "L1, space as multiplier",
    "@Internal Flash  /0x08000000/1024*256 g",
    "0x08000000 1024 x 256 B g\n" },
  { "H7 OTP, multiple of 1024 without K",
    "@OTP Memory   /0x08FFF000/01*1024 e",
    "0x08FFF000 1 x 1 KiB e\n" },
  { "AT32F43x option byte", "@Option byte   /0x1FFFC000/01*4096 g", "0x1FFFC000 1 x 4 KiB g\n" },
  { "AT32F415, space before the count",
    "@Internal Flash  /0x08000000/ 128*1Kg",
    "0x08000000 128 x 1 KiB g\n" },
  { "AT32F403 option byte", "@Option byte   /0x1FFFF800/01*512g", "0x1FFFF800 1 x 512 B g\n" },
  { "AT32F437",
    "@Internal Flash   /0x08000000/08*04Ka,1000*04Kg",
    "0x08000000 8 x 4 KiB a\n"
    "0x08008000 1000 x 4 KiB g\n" },
  { "Particle, 2048 sectors",
    "@External Flash   /0x80000000/2048*004Kg",
    "0x80000000 2048 x 4 KiB g\n" },
  { "four-digit size", "@Internal Flash  /0x08000000/128*0002Kg", "0x08000000 128 x 2 KiB g\n" },
  { "SPRacing H750, early loader, as sent",
    "@External Flash /0x90000000/1001*128Kg,3*128Kg,20*128Ka",
    "0x90000000 1001 x 128 KiB g\n"
    "0x97D20000 3 x 128 KiB g\n"
    "0x97D80000 20 x 128 KiB a\n" },
  { "SPRacing H750, later loader",
    "@External Flash /0x90000000/998*128Kg,1*128Kg,4*128Kg,21*128Ka",
    "0x90000000 998 x 128 KiB g\n"
    "0x97CC0000 1 x 128 KiB g\n"
    "0x97CE0000 4 x 128 KiB g\n"
    "0x97D60000 21 x 128 KiB a\n" },
  { "SPRacing, zero counts",
    "@External Flash /0x90000000/111*8Kg,0*8Kg,1*8Kg,0*8Ka",
    "0x90000000 111 x 8 KiB g\n"
    "0x900DE000 1 x 8 KiB g\n" },
  { "Black Magic Probe, zero count",
    "@Internal Flash   /0x08000000/000*128Kg,04*016Kg",
    "0x08000000 4 x 16 KiB g\n" },
  { "APM32, address of seven digits",
    "@Internal Flash  /0x8000000/06*002Kg,058*002Kg",
    "0x08000000 6 x 2 KiB g\n"
    "0x08003000 58 x 2 KiB g\n" },
  { "H7B3 eval, address of seven digits",
    "@OTP Memory   /0x1FF7000/01*1024 e",
    "0x01FF7000 1 x 1 KiB e\n" },
  { "Daisy, three zones",
    "@Flash /0x90000000/64*4Kg/0x90040000/60*64Kg/0x90400000/60*64Kg",
    "0x90000000 64 x 4 KiB g\n"
    "0x90040000 60 x 64 KiB g\n"
    "0x90400000 60 x 64 KiB g\n" },
  { "F42x option bytes, two zones",
    "@Option Bytes  /0x1FFFC000/01*016 e/0x1FFEC000/01*016 e",
    "0x1FFFC000 1 x 16 B e\n"
    "0x1FFEC000 1 x 16 B e\n" },
  { "G474 option bytes, two zones",
    "@Option Bytes   /0x1FFF7800/01*048 e/0x1FFFF800/01*048 e",
    "0x1FFF7800 1 x 48 B e\n"
    "0x1FFFF800 1 x 48 B e\n" },
  { "a sector in MiB", "@Flash /0x00000000/01*002Mg", "0x00000000 1 x 2 MiB g\n" },
  { "STM32MP1 partition", "@Partition0 /0x00/1*256Ke", "0x00000000 1 x 256 KiB e\n" },
  { "STM32MP1 virtual, B and a", "@virtual /0xF1/1*512Ba", "0x000000F1 1 x 512 B a\n" },
  { "STM32MP1 FSBL", "@FSBL /0x01/1*1Me", "0x00000001 1 x 1 MiB e\n" },
  { "Spark Core, SPI flash",
    "@SPI Flash : SST25x/0x00000000/512*04Kg",
    "0x00000000 512 x 4 KiB g\n" },
  { "DSO Nano",
    "@SPI Flash : M25P64/0x00000000/64*064Kg,64*064Kg",
    "0x00000000 64 x 64 KiB g\n"
    "0x00400000 64 x 64 KiB g\n" },
  { "zones that overlap and go down",
    "@Flash2 /0xF000/4*100Ba/0xE000/3*8Kg/0x80000/2*24Kg",
    "0x0000F000 4 x 100 B a\n"
    "0x0000E000 3 x 8 KiB g\n"
    "0x00080000 2 x 24 KiB g\n" },
  { "Particle nRF52840",
    "@Internal Flash   /0x00000000/1*004Ka,47*004Kg,192*004Kg,4*004Kg,4*004Kg,8*004Ka",
    "0x00000000 1 x 4 KiB a\n"
    "0x00001000 47 x 4 KiB g\n"
    "0x00030000 192 x 4 KiB g\n"
    "0x000F0000 4 x 4 KiB g\n"
    "0x000F4000 4 x 4 KiB g\n"
    "0x000F8000 8 x 4 KiB a\n" },
  { "Particle, protected",
    "@Internal Flash   /0x00000000/1*004Kb,47*004Kb",
    "0x00000000 1 x 4 KiB b\n"
    "0x00001000 47 x 4 KiB b\n" },
  { "G0B1, G0C1", "@Internal Flash   /0x08000000/256*02Kg", "0x08000000 256 x 2 KiB g\n" },
  { "L0 EEPROM, not a power of two", "@DATA Memory /0x08080000/2*3Ke", "0x08080000 2 x 3 KiB e\n" },
  { "old F4 ROM, device feature typed g",
    "@Device Feature/0xFFFF0000/01*004 g",
    "0xFFFF0000 1 x 4 B e\n" },
  { "old F4 ROM, option bytes typed g",
    "@Option Bytes  /0x1FFFC000/01*016 g",
    "0x1FFFC000 1 x 16 B e\n" },
  { "old F4 ROM, OTP typed g",
    "@OTP Memory /0x1FFF7800/01*512 g,01*016 g",
    "0x1FFF7800 1 x 512 B e\n"
    "0x1FFF7A00 1 x 16 B e\n" },
  { "Arduino H747",
    "@Internal Flash  2MB   /0x08000000/01*128Ka,15*128Kg",
    "0x08000000 1 x 128 KiB a\n"
    "0x08020000 15 x 128 KiB g\n" },
  { "Photon",
    "@Internal Flash   /0x08000000/03*016Ka,01*016Kg,01*064Kg,07*128Kg",
    "0x08000000 3 x 16 KiB a\n"
    "0x0800C000 1 x 16 KiB g\n"
    "0x08010000 1 x 64 KiB g\n"
    "0x08020000 7 x 128 KiB g\n" },
  { "PYBD_SF2",
    "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg/0x80000000/64*32Kg/0x90000000/64*32Kg",
    "0x08000000 4 x 16 KiB g\n"
    "0x08010000 1 x 64 KiB g\n"
    "0x08020000 7 x 128 KiB g\n"
    "0x80000000 64 x 32 KiB g\n"
    "0x90000000 64 x 32 KiB g\n" },
  { "PYBD_SF6",
    "@Internal Flash  /0x08000000/04*032Kg,01*128Kg,07*256Kg/0x80000000/512*4Kg/0x90000000/512*4Kg",
    "0x08000000 4 x 32 KiB g\n"
    "0x08020000 1 x 128 KiB g\n"
    "0x08040000 7 x 256 KiB g\n"
    "0x80000000 512 x 4 KiB g\n"
    "0x90000000 512 x 4 KiB g\n" },
  { "PYBD_SF6, large flash",
    "@Internal Flash  "
    "/0x08000000/04*032Kg,01*128Kg,07*256Kg/0x80000000/2048*4Kg/0x90000000/2048*4Kg",
    "0x08000000 4 x 32 KiB g\n"
    "0x08020000 1 x 128 KiB g\n"
    "0x08040000 7 x 256 KiB g\n"
    "0x80000000 2048 x 4 KiB g\n"
    "0x90000000 2048 x 4 KiB g\n" },
  { "mboot H5", "@Internal Flash  /0x08000000/256*08Kg", "0x08000000 256 x 8 KiB g\n" },
  { "mboot G0", "@Internal Flash  /0x08000000/256*02Kg", "0x08000000 256 x 2 KiB g\n" },
  { "mboot WB", "@Internal Flash  /0x08000000/256*04Kg", "0x08000000 256 x 4 KiB g\n" },
  { "mboot H743", "@Internal Flash  /0x08000000/16*128Kg", "0x08000000 16 x 128 KiB g\n" },
  { "Spark Core",
    "@Internal Flash  /0x08000000/20*001Ka,108*001Kg",
    "0x08000000 20 x 1 KiB a\n"
    "0x08005000 108 x 1 KiB g\n" },
  { "Spark Core, 2013",
    "@Internal Flash  /0x08000000/12*001Ka,116*001Kg",
    "0x08000000 12 x 1 KiB a\n"
    "0x08003000 116 x 1 KiB g\n" },
  { "GD32, as sent", "@Internal Flash  /0x08000000/512*002Kg", "0x08000000 512 x 2 KiB g\n" },
  { "size without unit", "@Internal Flash /0x08000000/12*001a", "0x08000000 12 x 1 B a\n" },
  { "L4 option bytes", "@Option Bytes  /0x1FFF7800/01*040 e", "0x1FFF7800 1 x 40 B e\n" },
  { "U5 option bytes", "@Option Bytes   /0x40022040/01*64 e", "0x40022040 1 x 64 B e\n" },
  { "U5 OTP", "@OTP Memory   /0x0BFA0000/01*512 e", "0x0BFA0000 1 x 512 B e\n" },
  { "H7 option bytes", "@Option Bytes   /0x5200201C/01*128 e", "0x5200201C 1 x 128 B e\n" },
  { "H7 option bytes, odd size",
    "@Option Bytes   /0x5200201C/01*297 e",
    "0x5200201C 1 x 297 B e\n" },
  { "Photon DCT", "@DCT Flash   /0x00000000/01*016Kg", "0x00000000 1 x 16 KiB g\n" },
  { "P1 serial flash", "@Serial Flash   /0x00000000/256*004Kg", "0x00000000 256 x 4 KiB g\n" },
  { "Duo",
    "@Serial Flash   /0x00000000/192*004Kg,128*004Kg,64*004Kg,128*004Kg",
    "0x00000000 192 x 4 KiB g\n"
    "0x000C0000 128 x 4 KiB g\n"
    "0x00140000 64 x 4 KiB g\n"
    "0x00180000 128 x 4 KiB g\n" },
  { "Particle DCD", "@DCD Flash   /0x00000000/1*016Ke", "0x00000000 1 x 16 KiB e\n" },
  { "Particle external flash",
    "@External Flash   /0x80000000/1024*004Kg",
    "0x80000000 1024 x 4 KiB g\n" },
};

/* What no board should send, and what comes of it. */
static const Row tolerated[] = {
  { "upper-case type", "@X /0x0/1*1KG", "0x00000000 1 x 1 KiB g\n" },
  { "B alone is the type", "@X /0x0/1*16B", "0x00000000 1 x 16 B b\n" },
  { "spaces everywhere",
    "@X / 0X08000000 / 2 * 4 K g , 1*8Kg",
    "0x08000000 2 x 4 KiB g\n"
    "0x08002000 1 x 8 KiB g\n" },
  { "space after the star, not before the address' slash",
    "@X /0x08000000/2* 4Kg",
    "0x08000000 2 x 4 KiB g\n" },
  { "slash in the name", "@QSPI/A /0x90000000/2*4Kg", "0x90000000 2 x 4 KiB g\n" },
  { "junk at the end", "@X /0x08000000/2*4Kg\xff\xfe\x01junk", "0x08000000 2 x 4 KiB g\n" },
  { "junk at the end, as BigTreeTech's Octopus Pro sends it",
    "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg챐ƨ⹔뺿䭼뛮컸",
    "0x08000000 4 x 16 KiB g\n"
    "0x08010000 1 x 64 KiB g\n"
    "0x08020000 7 x 128 KiB g\n" },
  { "junk between zones",
    "@X /0x08000000/2*4Kg,oops/0x90000000/1*1Kg",
    "0x08000000 2 x 4 KiB g\n"
    "0x90000000 1 x 1 KiB g\n" },
  { "zone without segments", "@X /0x08000000/0x90000000/1*1Kg", "0x90000000 1 x 1 KiB g\n" },
  { "last segment without type", "@X /0x08000000/1*1Kg,2*016", "0x08000000 1 x 1 KiB g\n" },
  { "very long numbers",
    "@X /0x00000000008000000/00000000000000000002*0000000000000000000004Kg",
    "0x08000000 2 x 4 KiB g\n" },
  { "cut off at 4 GiB", "@X /0xFFFF0000/99999999999999999999999*1Kg", "0xFFFF0000 64 x 1 KiB g\n" },
  { "cut off at the last whole sector", "@X /0xFFFF0001/9999*1Kg", "0xFFFF0001 63 x 1 KiB g\n" },
  { "nothing behind what was cut off",
    "@X /0xFFFF0000/2*32Kg,1*1Kg/0x08000000/1*1Kg",
    "0xFFFF0000 2 x 32 KiB g\n"
    "0x08000000 1 x 1 KiB g\n" },
  { "a sector of 4 GiB is none", "@X /0x0/1*4096Mg/0x08000000/1*1Kg", "0x08000000 1 x 1 KiB g\n" },
  { "address past 4 GiB", "@X /0x100000000/1*1Kg/0x08000000/1*1Kg", "0x08000000 1 x 1 KiB g\n" },
  { "sectors of no bytes", "@X /0x08000000/5*0Kg,1*1Kg", "0x08000000 1 x 1 KiB g\n" },
};

typedef struct {
  const char *name;
  const char *text;
  int code;
} BadRow;

static const BadRow refused[] = {
  { "name alone", "@Flash3", JMP_ERROR_PROTOCOL },
  { "address alone", "@Internal Flash /0x08000000", JMP_ERROR_PROTOCOL },
  { "address and slash", "@Internal Flash /0x08000000/", JMP_ERROR_PROTOCOL },
  { "size without type", "@Internal Flash /0x08000000/2*016", JMP_ERROR_PROTOCOL },
  { "size without type, with multiplier",
    "@Internal Flash /0x08000000/2*016K",
    JMP_ERROR_PROTOCOL },
  { "lower-case multiplier", "@Internal Flash /0x08000000/2*016kg", JMP_ERROR_PROTOCOL },
  { "count without size", "@Internal Flash /0x08000000/2*", JMP_ERROR_PROTOCOL },
  { "count alone", "@Internal Flash /0x08000000/2", JMP_ERROR_PROTOCOL },
  { "no hex digits", "@Internal Flash /0x/2*16Kg", JMP_ERROR_PROTOCOL },
  { "digits not filled in", "@Internal Flash  /0x08000000/???*08Kg", JMP_ERROR_PROTOCOL },
  { "only zero counts", "@Internal Flash /0x08000000/000*128Kg", JMP_ERROR_PROTOCOL },
  { "at sign alone", "@", JMP_ERROR_PROTOCOL },
  { "at sign and slashes", "@////", JMP_ERROR_PROTOCOL },
  { "a billion sectors", "@Flash /0x0/999999999*1 g", JMP_ERROR_PROTOCOL },
  { "empty", "", JMP_ERROR_NOT_SUPPORTED },
  { "plain DFU", "Flash", JMP_ERROR_NOT_SUPPORTED },
  { "plain DFU", "UNKNOWN", JMP_ERROR_NOT_SUPPORTED },
  { "plain DFU", "sdcard_rootfs", JMP_ERROR_NOT_SUPPORTED },
  { "Maple", "Maple 003", JMP_ERROR_NOT_SUPPORTED },
  { "stm32duino", "STM32duino bootloader v1.0 Upload to Flash 0x8002000", JMP_ERROR_NOT_SUPPORTED },
  { "no at sign", "/0x08000000/512*002Kg", JMP_ERROR_NOT_SUPPORTED },
};

static void
check_rows (const Row *rows, guint n_rows)
{
  for (guint i = 0; i < n_rows; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpLayout) layout = jmp_layout_parse (rows[i].text, &error);
    g_autofree char *text = NULL;

    if (layout == NULL)
      fail_msg ("%s: %s", rows[i].name, error->message);
    text = jmp_layout_to_string (layout);
    if (strcmp (text, rows[i].expected) != 0)
      print_message ("row: %s\nstring: %s\n", rows[i].name, rows[i].text);
    assert_lines_equal (text, rows[i].expected);
  }
}

static void
test_layout_reads_what_boards_send (void **state)
{
  check_rows (devices, G_N_ELEMENTS (devices));
}

static void
test_layout_tolerates (void **state)
{
  check_rows (tolerated, G_N_ELEMENTS (tolerated));
}

static void
test_layout_refuses (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpLayout) layout = jmp_layout_parse (refused[i].text, &error);

    if (layout != NULL)
      fail_msg ("%s: “%s” was taken", refused[i].name, refused[i].text);
    assert_error (error, JMP_ERROR, refused[i].code, NULL);
  }
}

/* Every prefix of every string, in memory of exactly its size, for the sanitizers to watch. */
static void
test_layout_never_reads_past_the_end (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (devices); i++) {
    gsize length = strlen (devices[i].text);

    for (gsize n = 0; n <= length; n++) {
      g_autofree char *prefix = g_strndup (devices[i].text, n);
      g_autofree char *exact = g_memdup2 (prefix, n + 1);
      g_autoptr (GError) error = NULL;
      g_autoptr (JmpLayout) layout = jmp_layout_parse (exact, &error);

      assert_true ((layout == NULL) == (error != NULL));
    }
  }
}

static void
test_layout_limits_the_runs (void **state)
{
  g_autoptr (GString) text = g_string_new ("@Many /0x08000000/1*1Kg");
  g_autoptr (GError) error = NULL;
  JmpLayout *layout;

  for (guint i = 1; i < 256; i++)
    g_string_append (text, ",1*1Kg");
  layout = jmp_layout_parse (text->str, &error);
  assert_no_error (error);
  assert_int_equal (jmp_layout_get_n_sectors (layout), 256);
  jmp_layout_unref (layout);

  g_string_append (text, ",1*1Kg");
  layout = jmp_layout_parse (text->str, &error);
  assert_null (layout);
  assert_error (error, JMP_ERROR, JMP_ERROR_PROTOCOL, "Many");
}

static void
test_layout_names (void **state)
{
  static const struct {
    const char *text;
    const char *name;
  } rows[] = {
    { "@Internal Flash  /0x08000000/1*1Kg", "Internal Flash" },
    { "@Internal Flash  2MB   /0x08000000/1*1Kg", "Internal Flash  2MB" },
    { "@SPI Flash : SST25x/0x00000000/1*1Kg", "SPI Flash : SST25x" },
    { "@QSPI/A /0x00000000/1*1Kg", "QSPI/A" },
    { "@Caf\xe9\x01 \xff/0x00000000/1*1Kg", "Caf" },
    { "@/0x00000000/1*1Kg", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (JmpLayout) layout = jmp_layout_parse (rows[i].text, NULL);

    assert_non_null (layout);
    assert_string_equal (jmp_layout_get_name (layout), rows[i].name);
  }
}

static void
test_layout_counts_sectors_and_bytes (void **state)
{
  g_autoptr (JmpLayout) layout = jmp_layout_parse (devices[0].text, NULL);
  JmpSector sector;

  assert_int_equal (jmp_layout_get_n_sectors (layout), 12);
  assert_true (jmp_layout_get_size (layout) == 1024 * 1024);
  assert_true (jmp_layout_get_sector (layout, 11, &sector));
  assert_int_equal (sector.index, 11);
  assert_int_equal (sector.address, 0x080E0000);
  assert_int_equal (sector.size, 128 * 1024);
  assert_true (jmp_sector_end (&sector) == 0x08100000);
  assert_false (jmp_layout_get_sector (layout, 12, &sector));
  assert_false (jmp_layout_get_sector (layout, G_MAXUINT, &sector));
}

static void
test_layout_finds_sectors (void **state)
{
  static const struct {
    guint32 address;
    int index;
    guint32 start;
  } rows[] = {
    { 0x07FFFFFF, -1, 0 },          { 0x08000000, 0, 0x08000000 }, { 0x08003FFF, 0, 0x08000000 },
    { 0x08004000, 1, 0x08004000 },  { 0x0801FFFF, 4, 0x08010000 }, { 0x08020000, 5, 0x08020000 },
    { 0x080FFFFF, 11, 0x080E0000 }, { 0x08100000, -1, 0 },         { 0xFFFFFFFF, -1, 0 },
  };
  g_autoptr (JmpLayout) layout = jmp_layout_parse (devices[0].text, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    JmpSector sector;

    assert_int_equal (jmp_layout_find (layout, rows[i].address, &sector), rows[i].index >= 0);
    if (rows[i].index < 0)
      continue;
    assert_int_equal (sector.index, rows[i].index);
    assert_int_equal (sector.address, rows[i].start);
  }
}

static void
test_layout_first_of_overlapping_zones_counts (void **state)
{
  g_autoptr (JmpLayout)
      layout = jmp_layout_parse ("@Flash2 /0xF000/4*100Ba/0xE000/3*8Kg/0x80000/2*24Kg", NULL);
  JmpSector sector;
  guint32 where = 0;

  assert_true (jmp_layout_find (layout, 0xF000, &sector));
  assert_int_equal (sector.index, 0);
  assert_true (jmp_layout_find (layout, 0xF000 + 400, &sector));
  assert_int_equal (sector.index, 4);
  assert_int_equal (sector.address, 0xE000);

  assert_false (jmp_layout_allows (layout, 0xE000, 0x6000, JMP_ACCESS_WRITE, &where));
  assert_int_equal (where, 0xF000);
  assert_true (jmp_layout_allows (layout, 0xE000, 0x6000, JMP_ACCESS_READ, NULL));
  assert_true (jmp_layout_allows (layout, 0xF190, 0x4E70, JMP_ACCESS_WRITE, NULL));
}

static void
test_layout_allows (void **state)
{
  static const struct {
    const char *name;
    guint32 address;
    guint64 length;
    JmpAccess access;
    gboolean allowed;
    guint32 where;
  } rows[] = {
    { "nothing", 0x12345678, 0, JMP_ACCESS_WRITE, TRUE, 0 },
    { "all, read", 0x08000000, 0x200000, JMP_ACCESS_READ, TRUE, 0 },
    { "one byte too many", 0x08000000, 0x200001, JMP_ACCESS_READ, FALSE, 0x08200000 },
    { "before it", 0x07FFFFFF, 2, JMP_ACCESS_READ, FALSE, 0x07FFFFFF },
    { "into the read-only part", 0x08000000, 4, JMP_ACCESS_WRITE, FALSE, 0x08000000 },
    { "behind it", 0x08020000, 0x1E0000, JMP_ACCESS_WRITE | JMP_ACCESS_ERASE, TRUE, 0 },
    { "runs into it", 0x0801FFFF, 2, JMP_ACCESS_WRITE, FALSE, 0x0801FFFF },
    { "longer than 4 GiB", 0x08020000, G_MAXUINT64, JMP_ACCESS_READ, FALSE, 0x08200000 },
    { "at the end of the world", 0xFFFFFF00, 0x100, JMP_ACCESS_READ, TRUE, 0 },
    { "past the end of the world", 0xFFFFFF00, 0x101, JMP_ACCESS_READ, FALSE, 0xFFFFFFFF },
  };
  g_autoptr (JmpLayout) layout = jmp_layout_parse (
      "@Internal Flash  2MB   /0x08000000/01*128Ka,15*128Kg/0xFFFFFF00/1*256 a", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    guint32 where = 0;
    gboolean allowed = jmp_layout_allows (
        layout, rows[i].address, rows[i].length, rows[i].access, &where);

    if (allowed != rows[i].allowed || where != rows[i].where)
      fail_msg ("%s: allowed %d where 0x%08X", rows[i].name, allowed, where);
  }
}

static void
test_layout_new_takes_runs (void **state)
{
  const JmpSectorRun runs[] = {
    { 0x08000000, 1024, 2, JMP_ACCESS_READ },
    { 0x09000000, 0, 5, JMP_ACCESS_READ },
    { 0x0A000000, 5, 0, JMP_ACCESS_READ },
    { 0xFFFFFC00, 1024, 7, JMP_ACCESS_READ | JMP_ACCESS_WRITE },
    { 0x0B000000, 3, 1, 0 },
  };
  g_autoptr (JmpLayout) layout = jmp_layout_new ("Option Bytes", runs, G_N_ELEMENTS (runs));
  g_autoptr (JmpLayout) again = jmp_layout_ref (layout);
  g_autofree char *text = jmp_layout_to_string (again);
  guint n_runs;

  assert_lines_equal (text,
                      "0x08000000 2 x 1 KiB a\n"
                      "0xFFFFFC00 1 x 1 KiB e\n"
                      "0x0B000000 1 x 3 B -\n");
  assert_int_equal (jmp_layout_get_runs (layout, &n_runs)[0].count, 2);
  assert_int_equal (n_runs, 3);
  assert_string_equal (jmp_layout_get_name (layout), "Option Bytes");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_layout_reads_what_boards_send),
    cmocka_unit_test (test_layout_tolerates),
    cmocka_unit_test (test_layout_refuses),
    cmocka_unit_test (test_layout_never_reads_past_the_end),
    cmocka_unit_test (test_layout_limits_the_runs),
    cmocka_unit_test (test_layout_names),
    cmocka_unit_test (test_layout_counts_sectors_and_bytes),
    cmocka_unit_test (test_layout_finds_sectors),
    cmocka_unit_test (test_layout_first_of_overlapping_zones_counts),
    cmocka_unit_test (test_layout_allows),
    cmocka_unit_test (test_layout_new_takes_runs),
  };

  return cmocka_run_group_tests_name ("core/dfu/layout", tests, NULL, NULL);
}
