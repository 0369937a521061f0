; SPDX-FileCopyrightText: 2026 The Jumper developers
; SPDX-License-Identifier: GPL-3.0-or-later
;
; The installer: for the person who runs it, without asking for an administrator; silent with /S. Only
; the driver section asks, and it is there only in a build with a signed driver package (jumper.cat).
; The uninstaller takes away what the installer put there and what the program remembers; backups of boards stay.
;
; From build: VERSION, BUNDLE (the folder), REMOVE (a list of its files), ICON, OUT.

Target amd64-unicode
SetCompressor /SOLID lzma
RequestExecutionLevel user
ManifestDPIAware true

!include MUI2.nsh
!include FileFunc.nsh
!include Sections.nsh

!define ID io.github.dfujumper.Jumper
!define UNINSTALL Software\Microsoft\Windows\CurrentVersion\Uninstall\${ID}
!define SETTINGS Software\GSettings\io\github\dfujumper
!define TYPE Jumper.Firmware

Name Jumper
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\Jumper"
InstallDirRegKey HKCU "${UNINSTALL}" InstallLocation
BrandingText "Jumper ${VERSION}"
!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\bin\jumper.exe"

!insertmacro MUI_PAGE_COMPONENTS
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES

; Languages as in po/LINGUAS; the first is what others see.
!macro LANGUAGE NAME LINK FILES KIND DRIVER
  !insertmacro MUI_LANGUAGE ${NAME}
  LangString LINK ${LANG_${NAME}} "${LINK}"
  LangString FILES ${LANG_${NAME}} "${FILES}"
  LangString KIND ${LANG_${NAME}} "${KIND}"
  LangString DRIVER ${LANG_${NAME}} "${DRIVER}"
!macroend
!insertmacro LANGUAGE English "Start menu entry" "Open .dfu files with Jumper" \
  "DFU firmware" "Driver for boards in DFU mode"
!insertmacro LANGUAGE Arabic "إدخال في قائمة ابدأ" "فتح ملفات ‎.dfu بواسطة Jumper" \
  "برنامج ثابت DFU" "برنامج تشغيل للوحات في وضع DFU"
!insertmacro LANGUAGE German "Eintrag im Startmenü" ".dfu-Dateien mit Jumper öffnen" \
  "DFU-Firmware" "Treiber für Boards im DFU-Modus"
!insertmacro LANGUAGE Spanish "Entrada en el menú Inicio" "Abrir los archivos .dfu con Jumper" \
  "Firmware DFU" "Controlador para placas en modo DFU"
!insertmacro LANGUAGE French "Entrée dans le menu Démarrer" "Ouvrir les fichiers .dfu avec Jumper" \
  "Micrologiciel DFU" "Pilote pour les cartes en mode DFU"
!insertmacro LANGUAGE Japanese "スタート メニューに追加" ".dfu ファイルを Jumper で開く" \
  "DFU ファームウェア" "DFU モードのボード用ドライバー"
!insertmacro LANGUAGE SimpChinese "“开始”菜单项" "用 Jumper 打开 .dfu 文件" \
  "DFU 固件" "DFU 模式开发板的驱动程序"

!insertmacro GetParameters
!insertmacro GetOptions
!insertmacro GetSize

Section "Jumper ${VERSION}"
  SectionIn RO
  ; What an earlier version had and this one has not must go; what it remembers stays.
  IfFileExists "$INSTDIR\uninstall.exe" 0 +2
    ExecWait '"$INSTDIR\uninstall.exe" /S /UPDATE _?=$INSTDIR'
  SetOutPath "$INSTDIR"
  File /r "${BUNDLE}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  WriteRegStr HKCU "${UNINSTALL}" DisplayName Jumper
  WriteRegStr HKCU "${UNINSTALL}" DisplayVersion "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" DisplayIcon "$INSTDIR\bin\jumper.exe"
  WriteRegStr HKCU "${UNINSTALL}" Publisher "The Jumper developers"
  WriteRegStr HKCU "${UNINSTALL}" InstallLocation "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" UninstallString '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" QuietUninstallString '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" NoModify 1
  WriteRegDWORD HKCU "${UNINSTALL}" NoRepair 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${UNINSTALL}" EstimatedSize $0
SectionEnd

Section "$(LINK)"
  CreateShortcut "$SMPROGRAMS\Jumper.lnk" "$INSTDIR\bin\jumper.exe"
SectionEnd

Section "$(FILES)"
  WriteRegStr HKCU "Software\Classes\${TYPE}" "" "$(KIND)"
  WriteRegStr HKCU "Software\Classes\${TYPE}\DefaultIcon" "" "$INSTDIR\bin\jumper.exe,0"
  WriteRegStr HKCU "Software\Classes\${TYPE}\shell\open\command" "" '"$INSTDIR\bin\jumper.exe" "%1"'
  WriteRegStr HKCU "Software\Classes\.dfu\OpenWithProgids" "${TYPE}" ""
  ; Who opens them already is not put aside.
  ReadRegStr $0 HKCU "Software\Classes\.dfu" ""
  StrCmp $0 "" 0 +2
    WriteRegStr HKCU "Software\Classes\.dfu" "" "${TYPE}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd

!ifdef DRIVER
Section /o "$(DRIVER)"
  ExecShellWait runas "$SYSDIR\pnputil.exe" '/add-driver "$INSTDIR\share\jumper\driver\jumper.inf" /install' SW_HIDE
  WriteRegDWORD HKCU "${UNINSTALL}" Driver 1
SectionEnd
!endif

Section Uninstall
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/UPDATE" $1
  IfErrors 0 +2
    Call un.Forget

  Delete "$SMPROGRAMS\Jumper.lnk"
  ReadRegStr $0 HKCU "Software\Classes\.dfu" ""
  StrCmp $0 "${TYPE}" 0 +2
    DeleteRegValue HKCU "Software\Classes\.dfu" ""
  DeleteRegValue HKCU "Software\Classes\.dfu\OpenWithProgids" "${TYPE}"
  DeleteRegKey /ifempty HKCU "Software\Classes\.dfu\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "Software\Classes\.dfu"
  DeleteRegKey HKCU "Software\Classes\${TYPE}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
  DeleteRegKey HKCU "${UNINSTALL}"

  ; One by one: a folder may hold something that is not ours.
  !include "${REMOVE}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  RMDir "$LOCALAPPDATA\Programs"
SectionEnd

; What the program remembers of its window and its downloads, and the driver where the installer
; put it there.
Function un.Forget
  DeleteRegKey HKCU "${SETTINGS}"
  DeleteRegKey /ifempty HKCU "Software\GSettings\io\github"
  DeleteRegKey /ifempty HKCU "Software\GSettings\io"
  DeleteRegKey /ifempty HKCU "Software\GSettings"
  ReadRegDWORD $0 HKCU "${UNINSTALL}" Driver
  StrCmp $0 1 0 +2
    Call un.RemoveDriver
FunctionEnd

; Windows keeps the package as oemN.inf.
Function un.RemoveDriver
  FindFirst $0 $1 "$WINDIR\INF\oem*.inf"
  next:
    StrCmp $1 "" done
    FileOpen $2 "$WINDIR\INF\$1" r
  line:
    ClearErrors
    FileRead $2 $3
    IfErrors close
    StrCpy $4 $3 11
    StrCmp $4 "CatalogFile" 0 line
    StrCpy $4 $3 10 14
    StrCmp $4 "jumper.cat" 0 close
    ExecShellWait runas "$SYSDIR\pnputil.exe" "/delete-driver $1 /uninstall" SW_HIDE
  close:
    FileClose $2
    FindNext $0 $1
    Goto next
  done:
    FindClose $0
FunctionEnd
