-- While silos are replaced one by one, it shows which build commits. Older builds leave it empty.
ALTER TABLE writer ADD COLUMN build text;
COMMENT ON COLUMN writer.build IS 'Version of the program that opened it';
